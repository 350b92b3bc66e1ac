using TorchSharp;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// A generator of a run, which way it translates, and the average of its weights over time where one is kept.
/// </summary>
internal sealed class GeneratorRole(string name, TorchNetwork network, TranslationDirection direction, int batchSize)
    : IDisposable
{
    /// <summary>Its name in files: <c>generator</c>, or <c>generator_ab</c> and <c>generator_ba</c>.</summary>
    public string Name => name;

    /// <summary>The network that is trained.</summary>
    public TorchNetwork Network => network;

    /// <summary>The direction, for its model card.</summary>
    public TranslationDirection Direction => direction;

    /// <summary>A network with averaged weights, where they are kept.</summary>
    public TorchNetwork? Average { get; private set; }

    /// <summary>The network that samples, validation, snapshots and export use.</summary>
    public TorchNetwork Product => Average ?? Network;

    /// <summary>How that network is run: as <c>OnnxExporter.DefaultNormStatistics</c> exports it.</summary>
    public ForwardMode Mode => batchSize == 1 ? ForwardMode.Image : ForwardMode.Running;

    /// <summary>Begins to average, with the present weights.</summary>
    public void BeginAverage() => Average = new(network.Graph, network.Export(), network.Device);

    /// <summary>Moves the average towards the present weights.</summary>
    public void UpdateAverage(double decay)
    {
        if (Average is null)
            return;
        using var unrecorded = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        using var kept = ((float)decay).ToScalar();
        using var added = ((float)(1 - decay)).ToScalar();
        Average.Flat.mul_(kept).add_(network.Flat, added);
    }

    /// <summary>Translates one image, in levels.</summary>
    public RgbImage Translate(RgbImage image) => Translate(image, null);

    /// <summary>Translates the source of a sample, in levels.</summary>
    public RgbImage Translate(Sample sample) => Translate(sample.Source, sample.Instances);

    private RgbImage Translate(RgbImage image, RgbImage? instances)
    {
        using var scope = torch.NewDisposeScope();
        using var unrecorded = torch.no_grad();
        var input = ImageTensor.ToTensor(image, instances, network.Graph.Input.Channels, network.Device);
        return ImageTensor.ToImage(Product.Forward(input, Mode));
    }

    public void Dispose() => Average?.Dispose();
}

using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Translates images with a run of <see cref="CoGanTrainer"/>, in torch: a search of many steps for every image. Not
/// thread-safe.
/// </summary>
public sealed class CoGanTranslator : IDisposable
{
    private readonly TorchNetwork[] _networks;
    private readonly CoGanGenerators _generators;
    private readonly ImageSize _size;

    private CoGanTranslator(CoGanTrainer.Options options, TorchNetwork[] networks)
    {
        _networks = networks;
        var mode = options.BatchSize == 1 ? ForwardMode.Image : ForwardMode.Running;
        _generators = new(options, networks[0], networks[1], networks[2], mode);
        _size = options.TrainingSize!.Value;
    }

    /// <summary>Reads the generators of a run, which are run where the run's options say.</summary>
    /// <param name="runFolder">The run's folder.</param>
    /// <param name="epoch">A number of epochs of which there is a snapshot, or <c>last</c> (the newest
    /// checkpoint).</param>
    /// <exception cref="InvalidDataException">The folder holds the run of another trainer.</exception>
    /// <exception cref="IOException">There is no run in the folder, or no such snapshot.</exception>
    /// <exception cref="InvalidOperationException">The run was on a GPU that is not there.</exception>
    public static CoGanTranslator Load(string runFolder, string epoch = "last")
    {
        ArgumentNullException.ThrowIfNull(runFolder);
        ArgumentNullException.ThrowIfNull(epoch);
        var options = TrainingOptions.FromRun<CoGanTrainer.Options>(runFolder);
        var device = TrainingDevice.Resolve(options);
        string[] names = [CoGanNetworks.Generator, CoGanNetworks.GeneratorA, CoGanNetworks.GeneratorB];
        var parts = Array.ConvertAll(names, name => RunExporter.Load(runFolder, epoch, name));
        return new(options, Array.ConvertAll(parts, part => new TorchNetwork(part.Graph, part.Weights, device)));
    }

    /// <summary>Translates images; several at once take less time than one after another.</summary>
    /// <param name="images">Images of the run's size.</param>
    /// <param name="direction">From A to B, or from B to A.</param>
    /// <returns>A translation for every image.</returns>
    /// <exception cref="ArgumentException">An image is of another size.</exception>
    public IReadOnlyList<RgbImage> Translate(
        IReadOnlyList<RgbImage> images,
        TranslationDirection direction = TranslationDirection.AtoB
    )
    {
        ArgumentNullException.ThrowIfNull(images);
        foreach (var image in images)
            if (image.Width != _size.Width || image.Height != _size.Height)
                throw new ArgumentException(
                    $"CoGAN translates images of the size that it makes: expected {_size}, but got {image.Size}.",
                    nameof(images)
                );
        return images.Count == 0 ? [] : [.. _generators.Translate(images, direction).Select(pair => pair.Translated)];
    }

    /// <summary>Frees the networks.</summary>
    public void Dispose()
    {
        foreach (var network in _networks)
            network.Dispose();
    }
}

using static TorchSharp.torch.nn;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// The distance between VGG16's features of two images (Johnson et al. 2016): mean L1 after relu1_2, relu2_2, relu3_3
/// and relu4_3, or after other layers.
/// </summary>
internal sealed class PerceptualLoss : IDisposable
{
    /// <summary>The layer relu4_2.</summary>
    public const string Relu42 = "features.20";

    /// <summary>The layer that needs the largest images.</summary>
    public const string LastLayer = "features.22";

    private readonly TorchNetwork _vgg;
    private readonly IReadOnlyList<string> _layers;

    /// <summary>Reads the weights of torchvision's VGG16, a safetensors or PyTorch file.</summary>
    /// <exception cref="FormatException">The file is not sound, or lacks some of VGG16's tensors; the message names
    /// them.</exception>
    public PerceptualLoss(string path, Device device)
        : this(path, device, "features.3", "features.8", "features.15", LastLayer) { }

    /// <summary>Compares after these layers, named as torchvision does, in the network's order.</summary>
    /// <inheritdoc cref="PerceptualLoss(string, Device)"/>
    public PerceptualLoss(string path, Device device, params string[] layers)
    {
        var graph = VggEncoder.Graph(layers[^1]);
        _vgg = new(graph, VggEncoder.Load(path, graph), device);
        _layers = layers;
    }

    /// <summary>The distance; its gradient flows into the first image only.</summary>
    public Tensor Of(Tensor generated, Tensor target)
    {
        var from = Features(generated);
        var to = Features(target.detach());
        var distance = functional.l1_loss(from[0], to[0].detach());
        for (int i = 1; i < _layers.Count; i++)
            distance = distance.Plus(functional.l1_loss(from[i], to[i].detach()));
        return distance.Over(_layers.Count);
    }

    public void Dispose() => _vgg.Dispose();

    private Tensor[] Features(Tensor images) =>
        _vgg.Encode(
            images.shape[1] == 1 ? images.expand(-1, 3, -1, -1) : images,
            ForwardMode.Running,
            _layers,
            constant: true
        );
}

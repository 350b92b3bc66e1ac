using static TorchSharp.torch.nn;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// The distance between VGG16's features of two images (Johnson et al. 2016): mean L1 after relu1_2, relu2_2, relu3_3
/// and relu4_3.
/// </summary>
internal sealed class PerceptualLoss : IDisposable
{
    private static readonly string[] s_layers = ["features.3", "features.8", "features.15", "features.22"];
    private readonly TorchNetwork _vgg;
    private readonly bool _gray;

    /// <summary>Reads the weights of torchvision's VGG16, a safetensors or PyTorch file.</summary>
    /// <exception cref="FormatException">The file is not sound, or lacks some of VGG16's tensors; the message names
    /// them.</exception>
    public PerceptualLoss(string path, Device device, int channels)
    {
        var graph = VggEncoder.Graph(s_layers[^1]);
        _vgg = new(graph, VggEncoder.Load(path, graph), device);
        _gray = channels == 1;
    }

    /// <summary>The distance; its gradient flows into the first image only.</summary>
    public Tensor Of(Tensor generated, Tensor target)
    {
        var from = Features(generated);
        var to = Features(target.detach());
        var distance = functional.l1_loss(from[0], to[0].detach());
        for (int i = 1; i < s_layers.Length; i++)
            distance = distance + functional.l1_loss(from[i], to[i].detach());
        return distance / (float)s_layers.Length;
    }

    public void Dispose() => _vgg.Dispose();

    private Tensor[] Features(Tensor images) =>
        _vgg.ForwardWithLayers(
            _gray ? images.expand(-1, 3, -1, -1) : images,
            ForwardMode.Running,
            s_layers,
            constant: true
        );
}

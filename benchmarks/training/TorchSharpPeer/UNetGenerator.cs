using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MlNetImageTranslation.Benchmarks.Training.TorchSharpPeer;

/// <summary>pix2pix's generator.</summary>
internal sealed class UNetGenerator : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor> _layers;

    public UNetGenerator(int levels, int filters)
        : base(nameof(UNetGenerator))
    {
        UNetLevel? deeper = null;
        for (int level = levels; level > 1; level--)
        {
            deeper = new(Width(level - 1), Width(level), deeper, dropout: level > 4 && level < levels);
        }

        _layers = Sequential(
            Conv2d(3, filters, 4, stride: 2, padding: 1, bias: false),
            deeper!,
            ReLU(),
            ConvTranspose2d(filters * 2, 3, 4, stride: 2, padding: 1),
            Tanh()
        );
        RegisterComponents();

        int Width(int level) => filters << Math.Min(level - 1, 3);
    }

    public override Tensor forward(Tensor input) => _layers.call(input);
}

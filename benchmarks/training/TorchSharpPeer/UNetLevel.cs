using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MlNetImageTranslation.Benchmarks.Training.TorchSharpPeer;

/// <summary>One level of the U-Net with all deeper ones inside it, and the skip connection around them.</summary>
internal sealed class UNetLevel : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor> _layers;

    /// <param name="outer">Channels of the level above.</param>
    /// <param name="inner">Channels of this level.</param>
    /// <param name="deeper">The next level; null for the innermost one.</param>
    /// <param name="dropout">Whether dropout follows.</param>
    public UNetLevel(int outer, int inner, UNetLevel? deeper, bool dropout)
        : base(nameof(UNetLevel))
    {
        var layers = new List<Module<Tensor, Tensor>>
        {
            LeakyReLU(0.2),
            Conv2d(outer, inner, 4, stride: 2, padding: 1, bias: false),
        };
        if (deeper is not null)
        {
            layers.Add(BatchNorm2d(inner));
            layers.Add(deeper);
        }

        layers.Add(ReLU());
        // The next level hands on its input and its output.
        int channels = deeper is null ? inner : inner * 2;
        layers.Add(ConvTranspose2d(channels, outer, 4, stride: 2, padding: 1, bias: false));
        layers.Add(BatchNorm2d(outer));
        if (dropout)
        {
            layers.Add(Dropout(0.5));
        }

        _layers = Sequential(layers);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var output = _layers.call(input);
        return cat([input, output], 1);
    }
}

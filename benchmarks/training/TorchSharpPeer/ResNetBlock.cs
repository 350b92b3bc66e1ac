using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MlNetImageTranslation.Benchmarks.Training.TorchSharpPeer;

/// <summary>Two convolutions whose output is added to their input.</summary>
internal sealed class ResNetBlock : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor> _layers;

    public ResNetBlock(int channels)
        : base(nameof(ResNetBlock))
    {
        _layers = Sequential(
            ReflectionPad2d(1),
            Conv2d(channels, channels, 3),
            InstanceNorm2d(channels),
            ReLU(),
            ReflectionPad2d(1),
            Conv2d(channels, channels, 3),
            InstanceNorm2d(channels)
        );
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var change = _layers.call(input);
        return input + change;
    }
}

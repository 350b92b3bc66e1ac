using MlNetImageTranslation.Networks;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MlNetImageTranslation.Benchmarks.Training.TorchSharpPeer;

/// <summary>The PatchGAN discriminator: a logit for every patch of 70x70 pixels.</summary>
internal sealed class PatchDiscriminator : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor> _layers;

    public PatchDiscriminator(int inputChannels, int filters, Normalization normalization)
        : base(nameof(PatchDiscriminator))
    {
        // As in the reference implementation: a batch norm has a bias itself, an instance norm has none.
        bool bias = normalization == Normalization.Instance;
        _layers = Sequential(
            Conv2d(inputChannels, filters, 4, stride: 2, padding: 1),
            LeakyReLU(0.2),
            Conv2d(filters, filters * 2, 4, stride: 2, padding: 1, bias: bias),
            normalization.Of(filters * 2),
            LeakyReLU(0.2),
            Conv2d(filters * 2, filters * 4, 4, stride: 2, padding: 1, bias: bias),
            normalization.Of(filters * 4),
            LeakyReLU(0.2),
            Conv2d(filters * 4, filters * 8, 4, stride: 1, padding: 1, bias: bias),
            normalization.Of(filters * 8),
            LeakyReLU(0.2),
            Conv2d(filters * 8, 1, 4, stride: 1, padding: 1)
        );
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => _layers.call(input);
}

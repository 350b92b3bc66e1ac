using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MlNetImageTranslation.Benchmarks.Training.TorchSharpPeer;

/// <summary>CycleGAN's generator.</summary>
internal sealed class ResNetGenerator : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor> _layers;

    public ResNetGenerator(int blocks, int filters)
        : base(nameof(ResNetGenerator))
    {
        var layers = new List<Module<Tensor, Tensor>>
        {
            ReflectionPad2d(3),
            Conv2d(3, filters, 7),
            InstanceNorm2d(filters),
            ReLU(),
            Conv2d(filters, filters * 2, 3, stride: 2, padding: 1),
            InstanceNorm2d(filters * 2),
            ReLU(),
            Conv2d(filters * 2, filters * 4, 3, stride: 2, padding: 1),
            InstanceNorm2d(filters * 4),
            ReLU(),
        };
        for (int block = 0; block < blocks; block++)
        {
            layers.Add(new ResNetBlock(filters * 4));
        }

        layers.AddRange([
            ConvTranspose2d(filters * 4, filters * 2, 3, stride: 2, padding: 1, output_padding: 1),
            InstanceNorm2d(filters * 2),
            ReLU(),
            ConvTranspose2d(filters * 2, filters, 3, stride: 2, padding: 1, output_padding: 1),
            InstanceNorm2d(filters),
            ReLU(),
            ReflectionPad2d(3),
            Conv2d(filters, 3, 7),
            Tanh(),
        ]);
        _layers = Sequential(layers);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => _layers.call(input);
}

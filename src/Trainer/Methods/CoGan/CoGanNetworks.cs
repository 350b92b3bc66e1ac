using System.Numerics;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// The networks of CoGAN. What is tied is one network: the generators are one network from noise to features with a
/// network from features to image for each kind of images, the discriminators a network from image to features for each
/// kind with one from features to logit. The layers are those of DCGAN (Radford et al. 2016): 4x4 kernels, doubling
/// from 4x4 pixels.
/// </summary>
internal static class CoGanNetworks
{
    public const string Generator = "generator";
    public const string GeneratorA = "generator_a";
    public const string GeneratorB = "generator_b";
    public const string Discriminator = "discriminator";
    public const string DiscriminatorA = "discriminator_a";
    public const string DiscriminatorB = "discriminator_b";

    private const int Kernel = 4;

    // Filters grow up to eight times.
    private const int LargestShift = 3;

    /// <summary>Layers of a generator, or of a discriminator, for images of this side.</summary>
    public static int Layers(int side) => BitOperations.Log2((uint)side) - 1;

    /// <summary>All networks by name.</summary>
    public static IReadOnlyList<(string Name, NetworkGraph Graph)> Create(CoGanTrainer.Options options)
    {
        int layers = Layers(options.CropSize.Width);
        int tiedUp = layers - options.OwnGeneratorLayers;
        int ownDown = options.OwnDiscriminatorLayers;
        var shared = Up("cogan-generator", new(options.NoiseSize, 1, 1), options, 0, tiedUp, 0);
        var stemA = Down("cogan-discriminator-a", Image(options, options.InputChannels), options, 0, ownDown);
        return
        [
            (Generator, shared),
            (GeneratorA, Up("cogan-generator-a", shared.Output, options, tiedUp, layers, options.InputChannels)),
            (GeneratorB, Up("cogan-generator-b", shared.Output, options, tiedUp, layers, options.OutputChannels)),
            (DiscriminatorA, stemA),
            (
                DiscriminatorB,
                Down("cogan-discriminator-b", Image(options, options.OutputChannels), options, 0, ownDown)
            ),
            (Discriminator, Down("cogan-discriminator", stemA.Output, options, ownDown, layers)),
        ];
    }

    /// <summary>The generator of A images in one.</summary>
    public static NetworkGraph WholeGenerator(CoGanTrainer.Options options) =>
        Up("cogan", new(options.NoiseSize, 1, 1), options, 0, Layers(options.CropSize.Width), options.InputChannels);

    private static TensorShape Image(CoGanTrainer.Options options, int channels) =>
        new(channels, options.CropSize.Height, options.CropSize.Width);

    private static NetworkGraph Up(
        string name,
        TensorShape input,
        CoGanTrainer.Options options,
        int first,
        int end,
        int channels
    )
    {
        int layers = Layers(options.CropSize.Width);
        var builder = new NetworkBuilder(name, input);
        for (int layer = first; layer < end; layer++)
        {
            string prefix = FormattableString.Invariant($"layer{layer + 1}");
            bool last = layer == layers - 1;
            int filters = last ? channels : options.GeneratorFilters << Math.Min(layers - 2 - layer, LargestShift);
            // The first makes 4x4 pixels of one, the others twice as many of each side.
            builder.TransposedConvolution(
                prefix + ".conv",
                filters,
                Kernel,
                layer == 0 ? 1 : 2,
                layer == 0 ? default : Padding.All(1),
                bias: last || options.Norm != NormalizationKind.Batch
            );
            if (last)
                builder.Tanh("output");
            else
                builder.Normalization(prefix + ".norm", options.Norm).Relu(prefix + ".activation");
        }
        return builder.Build();
    }

    private static NetworkGraph Down(string name, TensorShape input, CoGanTrainer.Options options, int first, int end)
    {
        int layers = Layers(options.CropSize.Width);
        var builder = new NetworkBuilder(name, input);
        for (int layer = first; layer < end; layer++)
        {
            string prefix = FormattableString.Invariant($"layer{layer + 1}");
            if (layer == layers - 1)
                builder.Convolution("logits", 1, Kernel);
            else
                builder
                    .Convolution(
                        prefix + ".conv",
                        options.DiscriminatorFilters << Math.Min(layer, LargestShift),
                        Kernel,
                        2,
                        Padding.All(1)
                    )
                    .LeakyRelu(prefix + ".activation");
        }
        return builder.Build();
    }
}

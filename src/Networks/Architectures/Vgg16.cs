using System.Collections.Immutable;

namespace MlNetImageTranslation.Networks;

/// <summary>
/// The convolutions of VGG16 (Simonyan and Zisserman 2015) as trained on ImageNet, frozen. Layers are called
/// <c>features.N</c> as in torchvision, so that its weights fit as they are (the number of filters is given); before
/// them <c>normalize</c> converts [-1, 1] to ImageNet's mean and deviation.
/// </summary>
internal static class Vgg16
{
    private static readonly float[] s_mean = [0.485f, 0.456f, 0.406f],
        s_deviation = [0.229f, 0.224f, 0.225f];

    /// <summary>torchvision's configuration "D"; 0 is a max pooling.</summary>
    private static readonly int[] s_features =
    [
        64,
        64,
        0,
        128,
        128,
        0,
        256,
        256,
        256,
        0,
        512,
        512,
        512,
        0,
        512,
        512,
        512,
    ];

    public static NetworkGraph Create(string name, NetworkOptions options)
    {
        if (options.Norm is { } norm and not NormalizationKind.None)
            throw new ArgumentException(
                $"Network '{name}' has no normalization and cannot be made with norm '{norm}'.",
                nameof(options)
            );
        if (options.Filters is { } filters)
            throw new ArgumentException(
                $"Network '{name}' has its filters from VGG16 and cannot be made with {filters}.",
                nameof(options)
            );
        Architecture.RefuseOutputChannels(name, options);
        Architecture.RefuseLayers(name, options);
        Architecture.RefuseDropout(name, options);
        var builder = Begin(name, options, out _);
        return builder.Build();
    }

    /// <summary>
    /// Begins a network with VGG16 up to the last convolution's ReLU; <paramref name="skips"/> are the last layers
    /// before each pooling, the finest first.
    /// </summary>
    public static NetworkBuilder Begin(string name, NetworkOptions options, out ImmutableArray<string> skips)
    {
        if (options.InputChannels is { } channels and not 3)
            throw new ArgumentException(
                $"Network '{name}' reads images of 3 channels, as VGG16 was trained on, but {channels} were asked for.",
                nameof(options)
            );
        int side = Architecture.Side(name, options, 256, 16);
        var builder = new NetworkBuilder(name, new(3, side, side)).Scale(
            "normalize",
            [.. s_deviation.Select(d => 0.5f / d)],
            [.. s_mean.Zip(s_deviation, (m, d) => (0.5f - m) / d)]
        );
        var found = ImmutableArray.CreateBuilder<string>();
        int index = 0;
        foreach (int filters in s_features)
        {
            if (filters == 0)
            {
                found.Add(builder.Last);
                builder.MaxPool($"features.{index++}");
                continue;
            }
            builder
                .Add(
                    new ConvolutionLayer
                    {
                        Name = $"features.{index++}",
                        Inputs = [builder.Last],
                        InputChannels = builder.Shape.Channels,
                        OutputChannels = filters,
                        KernelSize = 3,
                        Padding = Padding.All(1),
                        Frozen = true,
                    }
                )
                .Relu($"features.{index++}");
        }
        skips = found.ToImmutable();
        return builder;
    }
}

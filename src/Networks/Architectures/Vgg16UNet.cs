using System.Collections.Immutable;

namespace MlNetImageTranslation.Networks.Architectures;

/// <summary>
/// A U-Net whose encoder is VGG16 (Simonyan and Zisserman 2015) as trained on ImageNet, frozen, up to its fifth block; the decoder is the plain U-Net's.
/// Encoder layers are called <c>features.N</c> as in torchvision, so that its weights fit as they are; <c>normalize</c> converts [-1, 1] to ImageNet's mean and deviation.
/// </summary>
internal static class Vgg16UNet
{
    private static readonly float[] s_mean = [0.485f, 0.456f, 0.406f], s_deviation = [0.229f, 0.224f, 0.225f];

    /// <summary>torchvision's configuration "D"; 0 is a max pooling.</summary>
    private static readonly int[] s_features = [64, 64, 0, 128, 128, 0, 256, 256, 256, 0, 512, 512, 512, 0, 512, 512, 512];

    public static NetworkGraph Create(string name, NetworkOptions options)
    {
        if (options.InputChannels is { } channels and not 3)
            throw new ArgumentException($"Network '{name}' reads pictures of 3 channels, as its encoder was trained on, but {channels} were asked for.", nameof(options));
        Architecture.RefuseLayers(name, options);
        int filters = options.Filters ?? 64, side = Architecture.Side(name, options, 256, 16);
        var norm = options.Norm ?? Norm.Batch;

        var builder = new NetworkBuilder(name, new(3, side, side))
            .Scale("normalize", [.. s_deviation.Select(d => 0.5f / d)], [.. s_mean.Zip(s_deviation, (m, d) => (0.5f - m) / d)]);
        var skips = AddFeatures(builder);
        if (options.Dropout ?? false) builder.Dropout("bottom.dropout");
        for (int level = skips.Length; level >= 1; level--)
        {
            builder.Upsample($"up{level}.upsample").Concatenate($"up{level}.concat", skips[level - 1], builder.Last);
            PlainUNet.AddPair(builder, $"up{level}", filters << (level - 1), norm);
        }
        return builder.Convolution("last.conv", options.OutputChannels, 1).Tanh("output").Build();
    }

    /// <summary>Appends the encoder and returns the last layer before each pooling, the finest first.</summary>
    private static ImmutableArray<string> AddFeatures(NetworkBuilder builder)
    {
        var skips = ImmutableArray.CreateBuilder<string>();
        int index = 0;
        foreach (int channels in s_features)
        {
            if (channels == 0)
            {
                skips.Add(builder.Last);
                builder.MaxPool($"features.{index++}");
                continue;
            }
            builder.Add(new ConvolutionLayer
            {
                Name = $"features.{index++}", Inputs = [builder.Last], InputChannels = builder.Shape.Channels, OutputChannels = channels,
                KernelSize = 3, Padding = Padding.All(1), Frozen = true,
            }).Relu($"features.{index++}");
        }
        return skips.ToImmutable();
    }
}

namespace MlNetImageTranslation.Networks;

/// <summary>
/// The CycleGAN generator of the Keras tutorials, for 128x128 images: zero-padded "same" convolutions with instance
/// norm, six residual blocks with batch norm (momentum 0.9, epsilon 1e-5), transposed convolutions without bias. Layer
/// names as in <see cref="ResNet"/>.
/// </summary>
internal static class KerasResNet
{
    private const int Blocks = 6;

    public static NetworkGraph Create(string name, NetworkOptions options)
    {
        int filters = options.Filters ?? 32,
            side = Architecture.Side(name, options, 128, 4);
        Architecture.RefuseLayers(name, options);
        Architecture.RefuseDropout(name, options);
        var builder = new NetworkBuilder(name, new(options.InputChannels ?? 3, side, side));
        AddConvolution(builder, "first", filters, 7, 1);
        AddConvolution(builder, "down1", filters * 2, 3, 2);
        AddConvolution(builder, "down2", filters * 4, 3, 2);
        for (int block = 1; block <= Blocks; block++)
            AddBlock(builder, $"block{block}");
        for (int level = 1; level <= 2; level++)
        {
            builder.TransposedConvolution(
                $"up{level}.conv",
                filters * 4 >> level,
                3,
                2,
                Padding.Same(3, 2),
                bias: false
            );
            KerasNormalization.Instance(builder, $"up{level}.norm").Relu($"up{level}.activation");
        }
        return builder
            .Convolution("last.conv", options.OutputChannels ?? 3, 7, 1, Padding.Same(7, 1))
            .Tanh("output")
            .Build();
    }

    private static void AddConvolution(NetworkBuilder builder, string name, int channels, int kernelSize, int stride)
    {
        builder.Convolution($"{name}.conv", channels, kernelSize, stride, Padding.Same(kernelSize, stride));
        KerasNormalization.Instance(builder, $"{name}.norm").Relu($"{name}.activation");
    }

    private static void AddBlock(NetworkBuilder builder, string name)
    {
        var input = builder.Last;
        int channels = builder.Shape.Channels;
        builder.Convolution($"{name}.conv1", channels, 3, 1, Padding.Same(3, 1));
        KerasNormalization
            .Batch(builder, $"{name}.norm1", epsilon: 1e-5f, momentum: 0.1f)
            .Relu($"{name}.activation")
            .Convolution($"{name}.conv2", channels, 3, 1, Padding.Same(3, 1));
        KerasNormalization.Batch(builder, $"{name}.norm2", epsilon: 1e-5f, momentum: 0.1f);
        builder.Sum($"{name}.add", input, builder.Last);
    }
}

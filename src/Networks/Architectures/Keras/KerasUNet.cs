namespace MlNetImageTranslation.Networks;

/// <summary>
/// The pix2pix generator of the Keras tutorials: the U-Net with bias in every convolution, "same" padding, batch norm
/// (epsilon 1e-3) that always uses the statistics of the batch, dropout on the first three decoder blocks, ReLU after
/// the concatenation. Level names as in <see cref="UNet"/>.
/// </summary>
internal static class KerasUNet
{
    private const int Levels = 8;

    public static NetworkGraph Create(string name, NetworkOptions options)
    {
        int side = Architecture.Side(name, options, 256, 1 << Levels);
        Architecture.RefuseLayers(name, options);
        var builder = new NetworkBuilder(name, new(options.InputChannels ?? 3, side, side));
        int filters = options.Filters ?? 64;
        bool dropout = options.Dropout ?? true;
        int Filters(int level) => filters << Math.Min(level - 1, 3);
        for (int level = 1; level <= Levels; level++)
        {
            builder.Convolution($"down{level}.conv", Filters(level), 4, 2, Padding.Same(4, 2));
            if (level == Levels)
                break;
            if (level > 1)
                KerasNormalization.Batch(builder, $"down{level}.norm", alwaysBatchStatistics: true);
            builder.LeakyRelu($"down{level}.activation");
        }
        builder.Relu($"up{Levels}.activation");
        for (int level = Levels; level > 1; level--)
        {
            builder.TransposedConvolution($"up{level}.conv", Filters(level - 1), 4, 2, Padding.Same(4, 2));
            KerasNormalization.Batch(builder, $"up{level}.norm", alwaysBatchStatistics: true);
            if (dropout && level > Levels - 3)
                builder.Dropout($"up{level}.dropout");
            // The upsampled half comes first, and the skip has passed its leaky ReLU; PyTorch's reference has both the
            // other way.
            builder
                .Concatenate($"up{level - 1}.concat", builder.Last, $"down{level - 1}.activation")
                .Relu($"up{level - 1}.activation");
        }
        return builder
            .TransposedConvolution("up1.conv", options.OutputChannels ?? 3, 4, 2, Padding.Same(4, 2))
            .Tanh("output")
            .Build();
    }
}

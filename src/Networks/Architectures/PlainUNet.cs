namespace MlNetImageTranslation.Networks;

/// <summary>
/// The U-Net of Ronneberger et al. 2015 with "same" padding: two 3x3 convolutions a level, max pooling down,
/// nearest-neighbour upsampling up, a 1x1 convolution and tanh at the end. Four levels below the first by default.
/// Layers: <c>down1.conv1</c>, <c>down1.conv2</c>, <c>down1.pool</c> ... <c>bottom.conv1</c> ... <c>up1.upsample</c>,
/// <c>up1.concat</c>, <c>up1.conv1</c>, <c>last.conv</c>, <c>output</c>.
/// </summary>
internal static class PlainUNet
{
    public static NetworkGraph Create(string name, NetworkOptions options)
    {
        int levels = options.Layers ?? 4,
            filters = options.Filters ?? 64;
        if (levels > 12)
            throw new ArgumentException(
                $"Network '{name}' has at most 12 levels, but {levels} were asked for.",
                nameof(options)
            );
        int side = Architecture.Side(name, options, Math.Max(256, 1 << levels), 1 << levels);
        var norm = options.Norm ?? NormalizationKind.Batch;
        bool dropout = options.Dropout ?? false;
        int Filters(int level) => filters << Math.Min(level - 1, 4);

        var builder = new NetworkBuilder(name, new(options.InputChannels ?? 3, side, side));
        for (int level = 1; level <= levels; level++)
        {
            AddPair(builder, $"down{level}", Filters(level), norm);
            builder.MaxPool($"down{level}.pool");
        }
        AddPair(builder, "bottom", Filters(levels + 1), norm);
        if (dropout)
            builder.Dropout("bottom.dropout");
        for (int level = levels; level >= 1; level--)
        {
            builder
                .Upsample($"up{level}.upsample")
                .Concatenate($"up{level}.concat", $"down{level}.activation2", builder.Last);
            AddPair(builder, $"up{level}", Filters(level), norm);
        }
        return builder.Convolution("last.conv", options.OutputChannels ?? 3, 1).Tanh("output").Build();
    }

    /// <summary>Two times convolution, normalization, ReLU.</summary>
    internal static void AddPair(NetworkBuilder builder, string name, int channels, NormalizationKind norm)
    {
        for (int i = 1; i <= 2; i++)
            builder
                .Convolution($"{name}.conv{i}", channels, 3, 1, Padding.All(1), norm != NormalizationKind.Batch)
                .Normalization($"{name}.norm{i}", norm)
                .Relu($"{name}.activation{i}");
    }
}

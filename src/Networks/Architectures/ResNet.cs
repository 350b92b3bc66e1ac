namespace MlNetImageTranslation.Networks;

/// <summary>
/// The generator of the CycleGAN paper (appendix 7.2, after Johnson et al. 2016) as the reference builds it
/// (models/networks.py, ResnetGenerator): c7s1-64, d128, d256, residual blocks, u128, u64, c7s1-3, with reflection
/// padding. With four halvings in place of two it is the global generator of pix2pixHD (Wang et al. 2018, section 3.2).
/// The antialiased one is CUT's (its models/networks.py): convolutions keep the size, and low-pass filters change it,
/// 1-2-1 after and 1-3-3-1 (which is bilinear upsampling) before them. Layers: <c>first.conv</c>, <c>down1.conv</c>,
/// <c>down2.conv</c>, <c>block1.conv1</c>, <c>block1.conv2</c> ... <c>up1.conv</c>, <c>up2.conv</c>, <c>last.conv</c>,
/// <c>output</c>.
/// </summary>
internal static class ResNet
{
    /// <summary>The end of the names of networks that blur where they resize.</summary>
    public const string Antialiased = "-antialiased";

    private const int MaximumHalvings = 6;

    public static NetworkGraph Create(string name, int blocks, NetworkOptions options)
    {
        int filters = options.Filters ?? 64,
            halvings = options.Layers ?? 2;
        if (halvings > MaximumHalvings)
            throw new ArgumentException(
                $"Network '{name}' halves images at most {MaximumHalvings} times, but {halvings} were asked for.",
                nameof(options)
            );
        bool antialiased = name.EndsWith(Antialiased, StringComparison.Ordinal);
        if (antialiased && options.ResizeConvolution)
            throw new ArgumentException(
                $"Network '{name}' has its own way to enlarge, not resize convolutions.",
                nameof(options)
            );
        int side = Architecture.Side(name, options, 256, 1 << halvings);
        var norm = options.Norm ?? NormalizationKind.Instance;
        bool bias = norm == NormalizationKind.Instance,
            dropout = options.Dropout ?? false;

        var builder = new NetworkBuilder(name, new(options.InputChannels ?? 3, side, side))
            .Pad("first.pad", Padding.All(3), PaddingMode.Reflect)
            .Convolution("first.conv", filters, 7, bias: bias)
            .Normalization("first.norm", norm)
            .Relu("first.activation");
        for (int level = 1; level <= halvings; level++)
        {
            builder
                .Convolution($"down{level}.conv", filters << level, 3, antialiased ? 1 : 2, Padding.All(1), bias)
                .Normalization($"down{level}.norm", norm)
                .Relu($"down{level}.activation");
            if (antialiased)
                builder.Blur($"down{level}.blur");
        }
        for (int block = 1; block <= blocks; block++)
            AddBlock(builder, $"block{block}", filters << halvings, norm, bias, dropout);
        for (int level = 1; level <= halvings; level++)
        {
            int channels = filters << (halvings - level);
            if (antialiased)
                builder
                    .Upsample($"up{level}.upsample", 2, UpsamplingMode.Bilinear)
                    .Convolution($"up{level}.conv", channels, 3, 1, Padding.All(1), bias);
            else if (options.ResizeConvolution)
                builder
                    .Upsample($"up{level}.upsample")
                    .Pad($"up{level}.pad", Padding.All(1), PaddingMode.Reflect)
                    .Convolution($"up{level}.conv", channels, 3, bias: bias);
            else
                // PyTorch's padding 1 with output padding 1.
                builder.TransposedConvolution($"up{level}.conv", channels, 3, 2, new Padding(1, 1, 0, 0), bias);
            builder.Normalization($"up{level}.norm", norm).Relu($"up{level}.activation");
        }
        return builder
            .Pad("last.pad", Padding.All(3), PaddingMode.Reflect)
            .Convolution("last.conv", options.OutputChannels ?? 3, 7)
            .Tanh("output")
            .Build();
    }

    /// <summary>Appends a residual block on the newest layer.</summary>
    public static void AddBlock(
        NetworkBuilder builder,
        string name,
        int channels,
        NormalizationKind norm,
        bool bias,
        bool dropout
    )
    {
        var input = builder.Last;
        builder
            .Pad($"{name}.pad1", Padding.All(1), PaddingMode.Reflect)
            .Convolution($"{name}.conv1", channels, 3, bias: bias)
            .Normalization($"{name}.norm1", norm)
            .Relu($"{name}.activation");
        if (dropout)
            builder.Dropout($"{name}.dropout");
        builder
            .Pad($"{name}.pad2", Padding.All(1), PaddingMode.Reflect)
            .Convolution($"{name}.conv2", channels, 3, bias: bias)
            .Normalization($"{name}.norm2", norm);
        builder.Sum($"{name}.add", input, builder.Last);
    }
}

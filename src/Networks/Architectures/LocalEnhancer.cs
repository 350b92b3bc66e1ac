namespace MlNetImageTranslation.Networks;

/// <summary>
/// The generator of pix2pixHD with one local enhancer (Wang et al. 2018, section 3.2; LocalEnhancer of its
/// models/networks.py): the global generator of <see cref="ResNet"/>, without its last convolution, on the image at
/// half size; its features are added to those of the image at full size, between a halving and a doubling of its own.
/// Layers: <c>global.half</c>, <c>global.first.conv</c> ... <c>global.up4.activation</c>, <c>local.first.conv</c>,
/// <c>local.down1.conv</c>, <c>join</c>, <c>local.block1.conv1</c> ... <c>local.up1.conv</c>, <c>last.conv</c>,
/// <c>output</c>.
/// </summary>
internal static class LocalEnhancer
{
    /// <summary>The architecture's name.</summary>
    public const string Name = "pix2pixhd-local";

    /// <summary>Residual blocks of the global generator.</summary>
    public const int GlobalBlocks = 9;

    /// <summary>Residual blocks of the enhancer.</summary>
    public const int LocalBlocks = 3;

    private const int DefaultFilters = 32;
    private const int DefaultHalvings = 4;
    private const int MaximumHalvings = 5;

    public static NetworkGraph Create(string name, NetworkOptions options)
    {
        int filters = options.Filters ?? DefaultFilters,
            halvings = options.Layers ?? DefaultHalvings;
        if (halvings > MaximumHalvings)
            throw new ArgumentException(
                $"Network '{name}' halves the smaller image at most {MaximumHalvings} times, but {halvings} were asked "
                    + "for.",
                nameof(options)
            );
        int side = Architecture.Side(name, options, 512, 2 << halvings);
        var norm = options.Norm ?? NormalizationKind.Instance;
        bool dropout = options.Dropout ?? false;

        var builder = new NetworkBuilder(name, new(options.InputChannels ?? 3, side, side));
        builder.Add(
            new PoolingLayer
            {
                Name = "global.half",
                Inputs = [NetworkGraph.InputName],
                Kind = PoolingKind.Average,
                KernelSize = 3,
                Stride = 2,
                Padding = Padding.All(1),
            }
        );
        AddFirst(builder, "global.first", 2 * filters, norm);
        for (int level = 1; level <= halvings; level++)
            AddDown(builder, $"global.down{level}", 2 * filters << level, norm);
        for (int block = 1; block <= GlobalBlocks; block++)
            ResNet.AddBlock(builder, $"global.block{block}", 2 * filters << halvings, norm, bias: true, dropout);
        for (int level = 1; level <= halvings; level++)
            AddUp(builder, $"global.up{level}", 2 * filters << (halvings - level), norm);
        var global = builder.Last;

        builder.From(NetworkGraph.InputName);
        AddFirst(builder, "local.first", filters, norm);
        AddDown(builder, "local.down1", 2 * filters, norm);
        builder.Sum("join", builder.Last, global);
        for (int block = 1; block <= LocalBlocks; block++)
            ResNet.AddBlock(builder, $"local.block{block}", 2 * filters, norm, bias: true, dropout);
        AddUp(builder, "local.up1", filters, norm);
        return builder
            .Pad("last.pad", Padding.All(3), PaddingMode.Reflect)
            .Convolution("last.conv", options.OutputChannels ?? 3, 7)
            .Tanh("output")
            .Build();
    }

    private static void AddFirst(NetworkBuilder builder, string name, int channels, NormalizationKind norm) =>
        builder
            .Pad($"{name}.pad", Padding.All(3), PaddingMode.Reflect)
            .Convolution($"{name}.conv", channels, 7)
            .Normalization($"{name}.norm", norm)
            .Relu($"{name}.activation");

    private static void AddDown(NetworkBuilder builder, string name, int channels, NormalizationKind norm) =>
        builder
            .Convolution($"{name}.conv", channels, 3, 2, Padding.All(1))
            .Normalization($"{name}.norm", norm)
            .Relu($"{name}.activation");

    // PyTorch's padding 1 with output padding 1.
    private static void AddUp(NetworkBuilder builder, string name, int channels, NormalizationKind norm) =>
        builder
            .TransposedConvolution($"{name}.conv", channels, 3, 2, new Padding(1, 1, 0, 0))
            .Normalization($"{name}.norm", norm)
            .Relu($"{name}.activation");
}

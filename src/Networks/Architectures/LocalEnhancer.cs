using System.Globalization;
using System.Text.RegularExpressions;

namespace MlNetImageTranslation.Networks;

/// <summary>
/// The generator of pix2pixHD with one local enhancer (Wang et al. 2018, section 3.2; LocalEnhancer of its
/// models/networks.py): the global generator of <see cref="ResNet"/>, without its last convolution, on the image at
/// half size; its features are added to those of the image at full size, between a halving and a doubling of its own.
/// Layers: <c>global.half</c>, <c>global.first.conv</c> ... <c>global.up4.activation</c>, <c>local.first.conv</c>,
/// <c>local.down1.conv</c>, <c>join</c>, <c>local.block1.conv1</c> ... <c>local.up1.conv</c>, <c>last.conv</c>,
/// <c>output</c>.
/// </summary>
internal static partial class LocalEnhancer
{
    /// <summary>
    /// The architecture's name. With other numbers of residual blocks than the published network has, they follow:
    /// <c>pix2pixhd-local-5-2</c> has 5 in the global generator and 2 in the enhancer.
    /// </summary>
    public const string Name = "pix2pixhd-local";

    private const int PublishedGlobalBlocks = 9;
    private const int PublishedLocalBlocks = 3;
    private const int MaximumBlocks = 99;
    private const int DefaultFilters = 32;
    private const int DefaultHalvings = 4;
    private const int MaximumHalvings = 5;

    /// <summary>Whether the network of that name is one of these.</summary>
    public static bool IsName(string name) => BlocksName().IsMatch(name);

    public static NetworkGraph Create(string name, NetworkOptions options)
    {
        var (globalBlocks, localBlocks) = Blocks(name);
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

        var builder = new NetworkBuilder(
            NameOf(globalBlocks, localBlocks),
            new(options.InputChannels ?? 3, side, side)
        );
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
        for (int block = 1; block <= globalBlocks; block++)
            ResNet.AddBlock(builder, $"global.block{block}", 2 * filters << halvings, norm, bias: true, dropout);
        for (int level = 1; level <= halvings; level++)
            AddUp(builder, $"global.up{level}", 2 * filters << (halvings - level), norm);
        var global = builder.Last;

        builder.From(NetworkGraph.InputName);
        AddFirst(builder, "local.first", filters, norm);
        AddDown(builder, "local.down1", 2 * filters, norm);
        builder.Sum("join", builder.Last, global);
        for (int block = 1; block <= localBlocks; block++)
            ResNet.AddBlock(builder, $"local.block{block}", 2 * filters, norm, bias: true, dropout);
        AddUp(builder, "local.up1", filters, norm);
        return builder
            .Pad("last.pad", Padding.All(3), PaddingMode.Reflect)
            .Convolution("last.conv", options.OutputChannels ?? 3, 7)
            .Tanh("output")
            .Build();
    }

    private static string NameOf(int globalBlocks, int localBlocks) =>
        (globalBlocks, localBlocks) == (PublishedGlobalBlocks, PublishedLocalBlocks)
            ? Name
            : string.Create(CultureInfo.InvariantCulture, $"{Name}-{globalBlocks}-{localBlocks}");

    private static (int Global, int Local) Blocks(string name)
    {
        var match = BlocksName().Match(name);
        if (!match.Groups[1].Success)
            return (PublishedGlobalBlocks, PublishedLocalBlocks);
        return (Number(match.Groups[1]), Number(match.Groups[2]));

        int Number(Group digits) =>
            int.TryParse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && number is >= 1 and <= MaximumBlocks
                ? number
                : throw new ArgumentException(
                    $"Network '{name}' has 1 to {MaximumBlocks} residual blocks in each part, but {digits.Value} were "
                        + "asked for.",
                    nameof(name)
                );
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

    [GeneratedRegex("^pix2pixhd-local(?:-([0-9]+)-([0-9]+))?$")]
    private static partial Regex BlocksName();
}

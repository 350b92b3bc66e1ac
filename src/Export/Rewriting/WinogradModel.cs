using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Export;

/// <summary>
/// A model whose 3x3 convolutions are computed with fewer multiplications where that is faster on a CPU. It gives the
/// same result but for rounding: on 8-bit images at most one level of difference.
/// </summary>
/// <remarks>
/// The transformed weights are four times as large, which is why this is done when a model is loaded and not when it is
/// exported. In float models, differences stay below 1e-4 of the largest value of each convolution's output.
/// </remarks>
public sealed class WinogradModel
{
    private WinogradModel(byte[] bytes, int convolutions, long addedBytesPerPixel) =>
        (Bytes, Convolutions, AddedBytesPerPixel) = (bytes, convolutions, addedBytesPerPixel);

    /// <summary>The rewritten model.</summary>
    public byte[] Bytes { get; }

    /// <summary>How many convolutions were rewritten.</summary>
    public int Convolutions { get; }

    /// <summary>
    /// Memory that a run takes beyond the original model's, in bytes for each pixel of the model's input.
    /// </summary>
    public long AddedBytesPerPixel { get; }

    /// <summary>Rewrites a model; null where nothing is gained, or the weights would take too much memory.</summary>
    /// <param name="model">The model's bytes.</param>
    /// <param name="size">The size of image that the estimate of what pays is made for; every size gives the same
    /// result.</param>
    /// <param name="maximumGrowth">The most bytes that the model may grow by.</param>
    /// <exception cref="FormatException">The bytes are not an ONNX model.</exception>
    public static WinogradModel? Rewrite(ReadOnlySpan<byte> model, ImageSize size, long maximumGrowth) =>
        Rewrite(
            model,
            size,
            maximumGrowth,
            (convolution, height, width) => WinogradCost.Pays(convolution.Inputs, convolution.Outputs, height, width)
        );

    /// <summary>Rewrites the convolutions that <paramref name="chosen"/> says.</summary>
    internal static WinogradModel? Rewrite(
        ReadOnlySpan<byte> model,
        ImageSize size,
        long maximumGrowth,
        Func<PlainConvolution, long, long, bool> chosen
    )
    {
        const int minimumOpset = 9,
            addedWeights = (WinogradTransform.Products - 9) * sizeof(float);
        var document = OnnxMessages.Parse(model);
        var graph = document.Graph;
        long opset = document.OpsetImport.LastOrDefault(import => import.Domain is "" or "ai.onnx")?.Version ?? 0;
        if (opset < minimumOpset)
            return null;
        var constants = new GraphConstants(graph);
        var shapes = new NominalShapes(graph, constants, size);
        var rewritten = graph
            .Node.Select(node => PlainConvolution.Of(node, constants))
            .OfType<PlainConvolution>()
            .Where(convolution =>
                shapes.Find(convolution.Node.Output[0]) is [_, _, var height, var width]
                && chosen(convolution, height, width)
            )
            .ToDictionary<PlainConvolution, NodeProto>(
                convolution => convolution.Node,
                ReferenceEqualityComparer.Instance
            );
        if (
            rewritten.Count == 0
            || rewritten.Values.Sum(one => (long)one.Inputs * one.Outputs * addedWeights) > maximumGrowth
        )
            return null;

        var usage = new ValueUsage(graph);
        var writer = new WinogradNodes(graph, opset);
        var nodes = new List<NodeProto>(graph.Node.Count);
        int count = 0;
        long added = 0;
        foreach (var node in graph.Node)
        {
            if (!rewritten.TryGetValue(node, out var convolution) || constants.Floats(node.Input[1]) is not { } weights)
            {
                nodes.Add(node);
                continue;
            }
            bool hasBias = node.Input.Count > 2 && node.Input[2].Length > 0;
            float[]? bias = hasBias ? constants.Floats(node.Input[2]) : null;
            if (hasBias && bias is null)
            {
                nodes.Add(node);
                continue;
            }
            // An instance norm takes away what is the same for a whole channel.
            bool unbiased = usage.OnlyReader(node.Output[0]) is { } reader && reader.Is("InstanceNormalization");
            nodes.AddRange(writer.Write(convolution, weights, unbiased ? null : bias));
            count++;
            added = Math.Max(added, AddedBytes(convolution, shapes.Find(node.Output[0])!, size));
        }
        if (count == 0)
            return null;
        graph.Node.Clear();
        graph.Node.Add(nodes);
        new ValueUsage(graph).RemoveUnused(graph.Initializer);
        try
        {
            return new(OnnxMessages.ToArray(document), count, added);
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    // The windows and the products of the largest convolution, each value once.
    private static long AddedBytes(PlainConvolution convolution, long[] shape, ImageSize size)
    {
        double tiles = shape[2] * (double)shape[3] / (WinogradTransform.Tile * WinogradTransform.Tile);
        double values = WinogradTransform.Products * tiles * ((double)convolution.Inputs + convolution.Outputs);
        return (long)(sizeof(float) * values / ((double)size.Height * size.Width));
    }
}

using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Export;

/// <summary>
/// Estimates the shapes of a graph's values for an image of one size. Only the choice of what pays depends on it, so
/// that an operator it does not know counts as one that keeps its input's shape.
/// </summary>
internal sealed class NominalShapes
{
    private readonly Dictionary<string, long[]> _shapes = [];
    private readonly GraphConstants _constants;

    public NominalShapes(GraphProto graph, GraphConstants constants, ImageSize size)
    {
        _constants = constants;
        foreach (var input in graph.Input)
            if (constants.Shape(input.Name) is null && input.ToInfo().Shape is { IsDefault: false, Length: 4 } sides)
                _shapes[input.Name] = Of(sides.AsSpan(), size);
        foreach (var node in graph.Node)
            if (Infer(node) is { } shape)
                foreach (var output in node.Output)
                    _shapes[output] = shape;
    }

    /// <summary>The shape of a value, or null where it is not known.</summary>
    public long[]? Find(string value) =>
        _shapes.TryGetValue(value, out var shape) ? shape
        : _constants.Shape(value) is { } constant ? [.. constant]
        : null;

    private static long[] Of(ReadOnlySpan<OnnxDimension> sides, ImageSize size)
    {
        bool last = sides[1].Length is not (1 or 3 or 6) && sides[3].Length is 1 or 3 or 6;
        return last
            ? [1, sides[1].Length ?? size.Height, sides[2].Length ?? size.Width, sides[3].Length ?? 3]
            : [1, sides[1].Length ?? 3, sides[2].Length ?? size.Height, sides[3].Length ?? size.Width];
    }

    private long[]? Infer(NodeProto node)
    {
        long[][] inputs = [.. node.Input.Select(Find).OfType<long[]>()];
        if (inputs.Length == 0)
            return null;
        long[] first = inputs[0];
        return node.OpType switch
        {
            "Conv" => Window(node, first, inputs is [_, [var outputs, ..], ..] ? outputs : first[1]),
            "MaxPool" or "AveragePool" => Window(node, first, first.Length > 1 ? first[1] : 1),
            "ConvTranspose" => Transposed(node, first, inputs),
            "GlobalAveragePool" or "GlobalMaxPool" => [.. first.Select((side, axis) => axis < 2 ? side : 1)],
            "Transpose" => Permuted(node, first),
            "Pad" => Padded(node, first),
            "Resize" or "Upsample" => Resized(node, first),
            "Concat" => Joined(node, inputs),
            "DepthToSpace" => Blocks(node, first, 1),
            "SpaceToDepth" => Blocks(node, first, -1),
            "Shape" or "Reshape" or "Flatten" or "Squeeze" or "Unsqueeze" or "Slice" or "Gather" or "Split" => null,
            // Of a sum, the operand that the others are spread over.
            _ => inputs.MaxBy(shape => shape.Aggregate(1.0, (product, side) => product * side)),
        };
    }

    private long[]? Window(NodeProto node, long[] input, long channels)
    {
        if (input.Length != 4)
            return null;
        long[] shape = [input[0], channels, input[2], input[3]];
        bool same = node.Find("auto_pad")?.S.ToStringUtf8().StartsWith("SAME", StringComparison.Ordinal) == true;
        for (int side = 0; side < 2; side++)
        {
            long kernel = Kernel(node, side),
                stride = Math.Max(1, Number(node, "strides", side, 1)),
                reach = (kernel - 1) * Number(node, "dilations", side, 1) + 1,
                padding = Number(node, "pads", side, 0) + Number(node, "pads", side + 2, 0);
            shape[side + 2] = same
                ? (input[side + 2] + stride - 1) / stride
                : (input[side + 2] + padding - reach) / stride + 1;
        }
        return shape;
    }

    private long[]? Transposed(NodeProto node, long[] input, long[][] inputs)
    {
        if (input.Length != 4 || inputs is not [_, [_, var channels, ..], ..])
            return null;
        long[] shape = [input[0], channels, input[2], input[3]];
        for (int side = 0; side < 2; side++)
            shape[side + 2] =
                (input[side + 2] - 1) * Number(node, "strides", side, 1)
                + Kernel(node, side)
                + Number(node, "output_padding", side, 0)
                - Number(node, "pads", side, 0)
                - Number(node, "pads", side + 2, 0);
        return shape;
    }

    private long Kernel(NodeProto node, int side) =>
        node.Input.Count > 1 && _constants.Shape(node.Input[1]) is { Length: 4 } weights
            ? weights[side + 2]
            : Number(node, "kernel_shape", side, 1);

    private static long Number(NodeProto node, string attribute, int index, long missing) =>
        node.Find(attribute)?.Ints is { } values && index < values.Count ? values[index] : missing;

    private static long[]? Permuted(NodeProto node, long[] input) =>
        node.Find("perm")?.Ints is { } order
        && order.Count == input.Length
        && order.All(axis => axis >= 0 && axis < input.Length)
            ? [.. order.Select(axis => input[axis])]
            : null;

    private long[]? Padded(NodeProto node, long[] input)
    {
        IReadOnlyList<long>? pads = node.Input.Count > 1 ? _constants.Integers(node.Input[1]) : node.Find("pads")?.Ints;
        return pads?.Count == 2 * input.Length
            ? [.. input.Select((side, axis) => side + pads[axis] + pads[axis + input.Length])]
            : null;
    }

    private long[]? Resized(NodeProto node, long[] input)
    {
        if (node.Input.Count > 3 && _constants.Integers(node.Input[3]) is { } sizes && sizes.Length == input.Length)
            return sizes;
        var scales =
            node.Input.Skip(1).Select(_constants.Floats).FirstOrDefault(values => values?.Length == input.Length)
            ?? (node.Find("scales")?.Floats is { } given && given.Count == input.Length ? [.. given] : null);
        return scales is null ? null : [.. input.Select((side, axis) => (long)(side * (double)scales[axis]))];
    }

    private static long[]? Joined(NodeProto node, long[][] inputs)
    {
        long axis = node.Find("axis")?.I ?? 0;
        long[] shape = [.. inputs[0]];
        if (axis < 0)
            axis += shape.Length;
        if (axis < 0 || axis >= shape.Length || inputs.Any(input => input.Length != shape.Length))
            return null;
        shape[axis] = inputs.Sum(input => input[axis]);
        return shape;
    }

    private static long[]? Blocks(NodeProto node, long[] input, int direction)
    {
        long block = node.Find("blocksize")?.I ?? 1;
        if (input.Length != 4 || block is < 1 or > short.MaxValue)
            return null;
        return direction > 0
            ? [input[0], input[1] / (block * block), input[2] * block, input[3] * block]
            : [input[0], input[1] * block * block, input[2] / block, input[3] / block];
    }
}

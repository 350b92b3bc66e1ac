namespace MlNetImageTranslation.Export;

/// <summary>The shapes that operators on rows and columns give: windows, pads, sizes and blocks.</summary>
internal static class SpatialRules
{
    /// <summary>The shape of a convolution's weights.</summary>
    public static double[]? WeightsOf(NodeProto node, IReadOnlyList<ValueEstimate> inputs)
    {
        int at = node.OpType == "QLinearConv" ? 3 : 1;
        return inputs.Count > at ? inputs[at].Shape : null;
    }

    /// <summary>The output of a convolution or of pooling.</summary>
    public static ValueEstimate? Window(
        NodeProto node,
        OnnxElementType type,
        double[]? input,
        double[]? weights,
        int? channelsAt
    )
    {
        if (input is null || input.Length < 3 || (channelsAt is not null && weights?.Length != input.Length))
            return null;
        int dimensions = input.Length - 2;
        double[] shape = [.. input];
        if (channelsAt is { } axis)
            shape[1] = weights![axis];
        bool same = IsSame(node);
        for (int side = 0; side < dimensions; side++)
        {
            double kernel = weights?[side + 2] ?? node.Integer("kernel_shape", side, 1),
                stride = Math.Max(1, node.Integer("strides", side, 1)),
                reach = (kernel - 1) * node.Integer("dilations", side, 1) + 1,
                padding = node.Integer("pads", side, 0) + node.Integer("pads", side + dimensions, 0);
            double length = same
                ? Math.Ceiling(input[side + 2] / stride)
                : (input[side + 2] + padding - reach) / stride + 1;
            shape[side + 2] = node.Integer("ceil_mode", 0) == 0 ? Math.Floor(length) : Math.Ceiling(length);
        }
        return ValueEstimate.Of(type, shape);
    }

    private static bool IsSame(NodeProto node) =>
        node.Find("auto_pad")?.S?.ToStringUtf8().StartsWith("SAME", StringComparison.Ordinal) == true;

    /// <summary>The output of a transposed convolution.</summary>
    public static ValueEstimate? Transposed(
        NodeProto node,
        OnnxElementType type,
        double[]? input,
        IReadOnlyList<ValueEstimate> inputs
    )
    {
        if (input is null || input.Length < 3 || inputs is not [_, { Shape: { } weights }, ..])
            return null;
        if (weights.Length != input.Length)
            return null;
        int dimensions = input.Length - 2;
        double[] shape = [.. input];
        shape[1] = weights[1] * node.Integer("group", 1);
        for (int side = 0; side < dimensions; side++)
        {
            double stride = node.Integer("strides", side, 1),
                reach = (weights[side + 2] - 1) * node.Integer("dilations", side, 1) + 1,
                padding = node.Integer("pads", side, 0) + node.Integer("pads", side + dimensions, 0);
            shape[side + 2] =
                node.Find("output_shape")?.Ints is { Count: var given } sides && given == dimensions ? sides[side]
                : IsSame(node) ? input[side + 2] * stride
                : (input[side + 2] - 1) * stride + reach + node.Integer("output_padding", side, 0) - padding;
        }
        return ValueEstimate.Of(type, shape);
    }

    /// <summary>A value with more on its sides.</summary>
    public static ValueEstimate? Padded(NodeProto node, IReadOnlyList<ValueEstimate> inputs)
    {
        if (inputs is not [{ Shape: { } shape } input, ..])
            return null;
        double[]? pads = NodeSettings.Numbers(node, inputs, 1, "pads") ?? NodeSettings.Numbers(node, [], 0, "paddings");
        if (inputs.Count > 3 && !inputs[3].IsMissing)
            return inputs[3].Numbers is { } axes && pads?.Length == 2 * axes.Length
                ? ValueEstimate.Of(input.Type, WithPads(shape, pads, axes))
                : null;
        return pads?.Length == 2 * shape.Length
            ? ValueEstimate.Of(
                input.Type,
                WithPads(shape, pads, [.. Enumerable.Range(0, shape.Length).Select(i => (double)i)])
            )
            : null;
    }

    private static double[] WithPads(double[] shape, double[] pads, double[] axes)
    {
        double[] result = [.. shape];
        for (int i = 0; i < axes.Length; i++)
        {
            double axis = axes[i] < 0 ? axes[i] + shape.Length : axes[i];
            if (axis >= 0 && axis < shape.Length)
                result[(int)axis] += pads[i] + pads[i + axes.Length];
        }
        return result;
    }

    /// <summary>A value of another size.</summary>
    public static ValueEstimate? Resized(NodeProto node, IReadOnlyList<ValueEstimate> inputs)
    {
        if (inputs is not [{ Shape: { } shape } input, ..])
            return null;
        double[] axes = node.Find("axes")?.Ints is { Count: > 0 } given
            ? [.. given.Select(axis => (double)(axis < 0 ? axis + shape.Length : axis))]
            : [.. Enumerable.Range(0, shape.Length).Select(axis => (double)axis)];
        double[]? sizes = inputs.Count > 3 ? inputs[3].Numbers : null,
            scales = node.Find("scales")?.Floats is { Count: > 0 } old
                ? [.. old.Select(scale => (double)scale)]
                : inputs
                    .Skip(1)
                    .Take(2)
                    .Select(value => value.Numbers)
                    .LastOrDefault(list => list?.Length == axes.Length);
        double[] result = [.. shape];
        if ((sizes ?? scales) is not { } by || by.Length != axes.Length)
            return null;
        for (int i = 0; i < axes.Length; i++)
            if (axes[i] >= 0 && axes[i] < shape.Length)
                result[(int)axes[i]] = sizes is not null ? by[i] : Math.Floor(result[(int)axes[i]] * by[i]);
        return ValueEstimate.Of(input.Type, result);
    }

    /// <summary>Channels as blocks of pixels (direction 1), or blocks as channels (-1).</summary>
    public static ValueEstimate Blocks(NodeProto node, ValueEstimate input, int direction)
    {
        double block = Math.Max(1, node.Integer("blocksize", 1));
        if (input.Shape is not [var n, var c, var h, var w])
            return ShapeRules.Plain(input);
        return direction > 0
            ? ValueEstimate.Of(input.Type, [n, c / (block * block), h * block, w * block])
            : ValueEstimate.Of(input.Type, [n, c * block * block, h / block, w / block]);
    }
}

namespace MlNetImageTranslation.Export;

/// <summary>Shapes of the operators that work along axes.</summary>
internal static class AxisRules
{
    /// <summary>Flatten, Squeeze and Unsqueeze: the elements stay.</summary>
    public static ValueEstimate Rearranged(NodeProto node, IReadOnlyList<ValueEstimate> inputs)
    {
        var input = inputs[0];
        double[]? axes = NodeSettings.Numbers(node, inputs, 1, "axes");
        if (input.Shape is not { } shape)
            return ValueEstimate.OfCount(input.Type, input.Count);
        switch (node.OpType)
        {
            case "Flatten":
                int split = (int)At(node.Integer("axis", 1), shape.Length);
                return ValueEstimate.Of(input.Type, [Product(shape[..split]), Product(shape[split..])]);
            case "Squeeze":
                bool Goes(double side, int axis) =>
                    axes is null ? side == 1 : axes.Any(one => At(one, shape.Length) == axis && side == 1);
                return ValueEstimate.Of(input.Type, [.. shape.Where((side, axis) => !Goes(side, axis))]);
            default:
                if (axes is null)
                    return ValueEstimate.OfCount(input.Type, input.Count);
                int rank = shape.Length + axes.Length;
                var added = axes.Select(axis => (int)(axis < 0 ? axis + rank : axis)).ToHashSet();
                var rest = new Queue<double>(shape);
                return ValueEstimate.Of(
                    input.Type,
                    [
                        .. Enumerable
                            .Range(0, rank)
                            .Select(axis => added.Contains(axis) || rest.Count == 0 ? 1 : rest.Dequeue()),
                    ]
                );
        }
    }

    /// <summary>Slice: where the bounds are not known, at most what there is.</summary>
    public static ValueEstimate Sliced(NodeProto node, IReadOnlyList<ValueEstimate> inputs)
    {
        var input = inputs[0];
        double[]? starts = NodeSettings.Numbers(node, inputs, 1, "starts"),
            ends = NodeSettings.Numbers(node, inputs, 2, "ends"),
            axes = NodeSettings.Numbers(node, inputs, 3, "axes"),
            steps = NodeSettings.Numbers(node, inputs, 4, "steps");
        if (input.Shape is not { } from || starts is null || ends is null || starts.Length != ends.Length)
            return ValueEstimate.OfCount(input.Type, input.Count);
        double[] shape = [.. from];
        for (int i = 0; i < starts.Length; i++)
        {
            double axis = At(axes is not null && i < axes.Length ? axes[i] : i, from.Length),
                step = steps is not null && i < steps.Length ? steps[i] : 1;
            if (axis >= from.Length || step == 0)
                continue;
            double side = from[(int)axis],
                start = Math.Clamp(starts[i] < 0 ? starts[i] + side : starts[i], 0, step < 0 ? side - 1 : side),
                end = Math.Clamp(ends[i] < 0 ? ends[i] + side : ends[i], step < 0 ? -1 : 0, side);
            if (step < 0 && ends[i] < -side)
                end = -1;
            shape[(int)axis] = Math.Max(0, Math.Ceiling((end - start) / step));
        }
        return ValueEstimate.Of(input.Type, shape);
    }

    /// <summary>Gather.</summary>
    public static ValueEstimate? Gathered(NodeProto node, IReadOnlyList<ValueEstimate> inputs)
    {
        if (inputs is not [{ Shape: { Length: > 0 } shape } input, var indices])
            return null;
        int axis = (int)At(node.Integer("axis", 0), shape.Length);
        if (axis >= shape.Length)
            return null;
        if (indices.Shape is { } places)
            return ValueEstimate.Of(input.Type, [.. shape[..axis], .. places, .. shape[(axis + 1)..]]);
        return indices.Count is { } count && shape[axis] > 0
            ? ValueEstimate.OfCount(input.Type, input.Count / shape[axis] * count)
            : null;
    }

    /// <summary>Split.</summary>
    public static ValueEstimate[] Split(NodeProto node, IReadOnlyList<ValueEstimate> inputs)
    {
        var input = inputs[0];
        int parts = Math.Max(1, node.Output.Count);
        double[]? lengths = NodeSettings.Numbers(node, inputs, 1, "split");
        if (
            input.Shape is not { Length: > 0 } shape
            || At(node.Integer("axis", 0), shape.Length) is var axis && axis >= shape.Length
        )
            return [.. Enumerable.Repeat(ValueEstimate.OfCount(input.Type, input.Count), parts)];
        double each = Math.Ceiling(shape[(int)axis] / parts);
        return
        [
            .. Enumerable
                .Range(0, parts)
                .Select(part =>
                {
                    double[] own = [.. shape];
                    double length = lengths is not null && part < lengths.Length ? lengths[part] : each;
                    own[(int)axis] = Math.Min(shape[(int)axis], length);
                    return ValueEstimate.Of(input.Type, own);
                }),
        ];
    }

    /// <summary>Reductions and searches of extremes.</summary>
    public static ValueEstimate Reduced(NodeProto node, IReadOnlyList<ValueEstimate> inputs)
    {
        var input = inputs[0];
        if (input.Shape is not { } shape)
            return ValueEstimate.OfCount(input.Type, input.Count);
        bool isSearch = node.OpType is "ArgMax" or "ArgMin",
            keeps = node.Integer("keepdims", 1) != 0;
        double[]? axes = isSearch ? [node.Integer("axis", 0)] : NodeSettings.Numbers(node, inputs, 1, "axes");
        if (axes is null && inputs.Count > 1 && !inputs[1].IsMissing)
            return ValueEstimate.OfCount(input.Type, input.Count);
        if (axes is null && node.Integer("noop_with_empty_axes", 0) != 0)
            return ShapeRules.Plain(input);
        bool Goes(int axis) => axes is null || axes.Any(one => At(one, shape.Length) == axis);
        return ValueEstimate.Of(
            input.Type,
            keeps
                ? [.. shape.Select((side, axis) => Goes(axis) ? 1 : side)]
                : [.. shape.Where((_, axis) => !Goes(axis))]
        );
    }

    /// <summary>The largest along an axis.</summary>
    public static ValueEstimate Top(NodeProto node, IReadOnlyList<ValueEstimate> inputs)
    {
        var input = inputs[0];
        double? count = NodeSettings.Number(node, inputs, 1, "k") ?? node.Find("k")?.I;
        if (input.Shape is not { Length: > 0 } shape || count is null)
            return ValueEstimate.OfCount(input.Type, input.Count);
        double[] sides = [.. shape];
        int axis = (int)At(node.Integer("axis", -1), shape.Length);
        if (axis < sides.Length)
            sides[axis] = Math.Min(sides[axis], count.Value);
        return ValueEstimate.Of(input.Type, sides);
    }

    private static double At(double axis, int rank) => Math.Clamp(axis < 0 ? axis + rank : axis, 0, rank);

    private static double Product(double[] sides) => sides.Aggregate(1.0, (product, side) => product * side);
}

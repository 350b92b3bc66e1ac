namespace MlNetImageTranslation.Export;

/// <summary>
/// The shapes that ONNX's operators give. Where a shape cannot be known before the run, but its size is bounded, the
/// bound is given as the number of elements.
/// </summary>
internal static class ShapeRules
{
    /// <summary>What a node's outputs are; null where nothing bounds them.</summary>
    /// <param name="node">The node; no loop, branch or function.</param>
    /// <param name="inputs">Its inputs; left-out ones are missing.</param>
    /// <param name="tensor">Finds a tensor among its settings.</param>
    public static ValueEstimate[]? Of(
        NodeProto node,
        IReadOnlyList<ValueEstimate> inputs,
        Func<string, ValueEstimate?> tensor
    )
    {
        if (node.Domain is not ("" or "ai.onnx"))
            return null;
        var first = inputs.Count > 0 ? inputs[0] : ValueEstimate.Missing;
        var type = first.Type;
        switch (node.OpType)
        {
            case "Constant":
                return Constant(node);
            case "Shape":
                return first.Shape is { } of
                    ? [ValueEstimate.Of(OnnxElementType.Int64, [PartLength(node, of.Length)])]
                    : [ValueEstimate.OfCount(OnnxElementType.Int64, 64)];
            case "Size":
                return [ValueEstimate.Of(OnnxElementType.Int64, [])];
            case "CastLike":
                return inputs.Count > 1 ? [Plain(first) with { Type = inputs[1].Type }] : null;
            case "Cast":
                return [first with { Type = (OnnxElementType)node.Integer("to", (long)type), Numbers = null }];
            case "QuantizeLinear" or "DynamicQuantizeLinear":
                return [first with { Type = OnnxElementType.UInt8, Numbers = null }, Scalar(), Scalar()];
            case "DequantizeLinear":
                return [first with { Type = OnnxElementType.Float, Numbers = null }];
            case "ConstantOfShape":
                return inputs is [{ Numbers: { } sides }, ..]
                    ? [ValueEstimate.Of(tensor("value")?.Type ?? OnnxElementType.Float, sides)]
                    : null;
            case "RandomNormal" or "RandomUniform":
                return node.Find("shape") is { } random
                    ? [ValueEstimate.Of(OnnxElementType.Float, [.. random.Ints.Select(side => (double)side)])]
                    : null;
            case "EyeLike" or "RandomNormalLike" or "RandomUniformLike" or "Bernoulli" or "Multinomial":
                return node.OpType == "Multinomial" ? null : [Plain(first)];
            case "Expand":
                return inputs is [_, { Numbers: { } wanted }] && first.Shape is { } expanded
                    ? [ValueEstimate.Of(type, Broadcast(expanded, wanted))]
                    : null;
            case "Tile":
                return inputs is [_, { Numbers: { } times }] && first.Shape is { } tiled && times.Length == tiled.Length
                    ? [ValueEstimate.Of(type, [.. tiled.Select((side, axis) => side * times[axis])])]
                    : null;
            case "Range":
                return
                    inputs is [{ Numbers: [var start] }, { Numbers: [var end] }, { Numbers: [var step] }] && step != 0
                    ? [ValueEstimate.Of(type, [Math.Max(0, Math.Ceiling((end - start) / step))])]
                    : null;
            case "OneHot":
                return inputs is [_, { Numbers: [var depth] }, var values] && first.Count is { } hot
                    ? [ValueEstimate.OfCount(values.Type, hot * Math.Max(0, depth))]
                    : null;
            case "NonZero":
                return first.Count is { } zeros
                    ? [ValueEstimate.OfCount(OnnxElementType.Int64, zeros * Math.Max(1, first.Shape?.Length ?? 8))]
                    : null;
            case "Conv" or "ConvInteger" or "QLinearConv" or "DeformConv":
                return One(SpatialRules.Window(node, type, first.Shape, SpatialRules.WeightsOf(node, inputs), 0));
            case "MaxPool" or "AveragePool" or "LpPool":
                var pooled = SpatialRules.Window(node, type, first.Shape, null, null);
                return pooled is null ? null : [pooled, pooled with { Type = OnnxElementType.Int64 }];
            case "ConvTranspose":
                return One(SpatialRules.Transposed(node, type, first.Shape, inputs));
            case "GlobalAveragePool" or "GlobalMaxPool" or "GlobalLpPool":
                return first.Shape is { } global
                    ? [ValueEstimate.Of(type, [.. global.Select((side, axis) => axis < 2 ? side : 1)])]
                    : null;
            case "Transpose":
                return [Permuted(node, first)];
            case "Pad":
                return One(SpatialRules.Padded(node, inputs));
            case "Resize" or "Upsample":
                return One(SpatialRules.Resized(node, inputs));
            case "Concat":
                return One(Joined(node, inputs));
            case "DepthToSpace":
                return [SpatialRules.Blocks(node, first, 1)];
            case "SpaceToDepth":
                return [SpatialRules.Blocks(node, first, -1)];
            case "Reshape":
                return [Reshaped(node, inputs)];
            case "Flatten" or "Squeeze" or "Unsqueeze":
                return [AxisRules.Rearranged(node, inputs)];
            case "Slice":
                return [AxisRules.Sliced(node, inputs)];
            case "Gather":
                return One(AxisRules.Gathered(node, inputs));
            case "GatherElements":
                return inputs.Count > 1 ? [Plain(inputs[1]) with { Type = type }] : null;
            case "GatherND" or "Compress" or "Unique" or "MaxRoiPool" or "Trilu" or "ReverseSequence":
                return node.OpType is "Trilu" or "ReverseSequence" ? [Plain(first)]
                    : node.OpType == "Compress" ? [ValueEstimate.OfCount(type, first.Count)]
                    : null;
            case "Split":
                return AxisRules.Split(node, inputs);
            case "TopK":
                var top = AxisRules.Top(node, inputs);
                return [top, top with { Type = OnnxElementType.Int64 }];
            case "MatMul" or "MatMulInteger" or "QLinearMatMul":
                return One(Product(node, inputs));
            case "Gemm":
                return inputs is [{ Shape: [var m0, var m1] }, { Shape: [var n0, var n1] }, ..]
                    ?
                    [
                        ValueEstimate.Of(
                            type,
                            [node.Integer("transA", 0) == 0 ? m0 : m1, node.Integer("transB", 0) == 0 ? n1 : n0]
                        ),
                    ]
                    : null;
            case "Einsum":
                return One(EinsumRule.Of(node, inputs));
            case "GridSample":
                return inputs is [{ Shape: [var n, var c, _, _] }, { Shape: [_, var h, var w, _] }]
                    ? [ValueEstimate.Of(type, [n, c, h, w])]
                    : null;
            case "ArgMax" or "ArgMin":
                return [AxisRules.Reduced(node, inputs) with { Type = OnnxElementType.Int64 }];
            case "BatchNormalization" or "Dropout" or "LayerNormalization" or "MeanVarianceNormalization":
                return [Plain(first), .. Enumerable.Repeat(Scalar(), Math.Max(0, node.Output.Count - 1))];
            case "Equal"
            or "Less"
            or "LessOrEqual"
            or "Greater"
            or "GreaterOrEqual"
            or "And"
            or "Or"
            or "Not"
            or "Xor"
            or "IsNaN"
            or "IsInf":
                return One(Spread(inputs, OnnxElementType.Bool));
            case "Where":
                return inputs.Count == 3 ? One(Spread(inputs, inputs[1].Type)) : null;
        }
        if (node.OpType.StartsWith("Reduce", StringComparison.Ordinal))
            return [AxisRules.Reduced(node, inputs)];
        if (ElementwiseOperators.KeepFirst.Contains(node.OpType))
            return first.Count is null ? null : [Plain(first)];
        return ElementwiseOperators.Spread.Contains(node.OpType) ? One(Spread(inputs, type)) : null;
    }

    /// <summary>The shape of two that are spread over each other.</summary>
    internal static double[] Broadcast(double[] a, double[] b)
    {
        var result = new double[Math.Max(a.Length, b.Length)];
        for (int i = 1; i <= result.Length; i++)
        {
            double left = i <= a.Length ? a[^i] : 1,
                right = i <= b.Length ? b[^i] : 1;
            result[^i] =
                left == 1 ? right
                : right == 1 ? left
                : Math.Max(left, right);
        }
        return result;
    }

    /// <summary>An estimate without its numbers.</summary>
    internal static ValueEstimate Plain(ValueEstimate value) => value with { Numbers = null, IsConstant = false };

    private static ValueEstimate[]? Constant(NodeProto node)
    {
        if (node.Find("value_int") is { } number)
            return [ValueEstimate.Of(OnnxElementType.Int64, [number.I], true)];
        if (node.Find("value_float") is { } real)
            return [ValueEstimate.Of(OnnxElementType.Float, [real.F], true)];
        if (node.Find("value_ints") is { } many)
            return [ValueEstimate.Of(OnnxElementType.Int64, [.. many.Ints.Select(value => (double)value)], false)];
        return node.Find("value_floats") is { } reals
            ? [ValueEstimate.Of(OnnxElementType.Float, [.. reals.Floats.Select(value => (double)value)], false)]
            : null;
    }

    private static ValueEstimate Scalar() => ValueEstimate.Of(OnnxElementType.Float, []);

    private static ValueEstimate[]? One(ValueEstimate? value) => value is null ? null : [value];

    private static double PartLength(NodeProto node, int length)
    {
        double At(long index) => Math.Clamp(index < 0 ? index + length : index, 0, length);
        return Math.Max(0, At(node.Integer("end", length)) - At(node.Integer("start", 0)));
    }

    private static ValueEstimate? Spread(IReadOnlyList<ValueEstimate> inputs, OnnxElementType type)
    {
        if (inputs.Count == 0 || inputs.Any(input => input.Count is null))
            return null;
        if (inputs.All(input => input.Shape is not null))
            return ValueEstimate.Of(type, inputs.Select(input => input.Shape!).Aggregate(Broadcast));
        // Of lists without known shapes, as many as the longest: they are not spread over each other both ways.
        return ValueEstimate.OfCount(type, inputs.Max(input => input.Count));
    }

    private static ValueEstimate Permuted(NodeProto node, ValueEstimate input)
    {
        if (input.Shape is not { } shape)
            return Plain(input);
        if (node.Find("perm")?.Ints is not { Count: > 0 } order)
            return ValueEstimate.Of(input.Type, [.. shape.Reverse()]);
        return order.Count == shape.Length && order.All(axis => axis >= 0 && axis < shape.Length)
            ? ValueEstimate.Of(input.Type, [.. order.Select(axis => shape[(int)axis])])
            : ValueEstimate.OfCount(input.Type, input.Count);
    }

    private static ValueEstimate? Joined(NodeProto node, IReadOnlyList<ValueEstimate> inputs)
    {
        if (inputs.Count == 0 || inputs.Any(input => input.Count is null))
            return null;
        var type = inputs[0].Type;
        int rank = inputs[0].Shape?.Length ?? 0;
        long axis = node.Integer("axis", 1);
        axis = axis < 0 ? axis + rank : axis;
        if (rank == 0 || axis < 0 || axis >= rank || inputs.Any(input => input.Shape?.Length != rank))
            return ValueEstimate.OfCount(type, inputs.Sum(input => input.Count));
        double[] shape = [.. inputs[0].Shape!];
        shape[axis] = inputs.Sum(input => input.Shape![axis]);
        return ValueEstimate.Of(type, shape);
    }

    private static ValueEstimate Reshaped(NodeProto node, IReadOnlyList<ValueEstimate> inputs)
    {
        var input = inputs[0];
        if (NodeSettings.Numbers(node, inputs, 1, "shape") is not { } wanted)
            return ValueEstimate.OfCount(input.Type, input.Count);
        double[] shape = [.. wanted];
        for (int axis = 0; axis < shape.Length; axis++)
            if (shape[axis] == 0 && node.Integer("allowzero", 0) == 0)
            {
                if (input.Shape is not { } from || axis >= from.Length)
                    return ValueEstimate.OfCount(input.Type, input.Count);
                shape[axis] = from[axis];
            }
        int open = Array.IndexOf(shape, -1);
        if (open >= 0)
        {
            double others = shape.Where((_, axis) => axis != open).Aggregate(1.0, (product, side) => product * side);
            if (input.Count is not { } count || others == 0)
                return ValueEstimate.OfCount(input.Type, input.Count);
            shape[open] = Math.Floor(count / others);
        }
        // A shape never has more elements than came in, whatever it says.
        var result = ValueEstimate.Of(input.Type, shape);
        return result.Count > input.Count ? ValueEstimate.OfCount(input.Type, input.Count) : result;
    }

    private static ValueEstimate? Product(NodeProto node, IReadOnlyList<ValueEstimate> inputs)
    {
        int right = node.OpType == "QLinearMatMul" ? 3 : 1;
        if (
            inputs.Count <= right
            || inputs[0].Shape is not { Length: > 0 } a
            || inputs[right].Shape is not { Length: > 0 } b
        )
            return null;
        double[] left = a.Length == 1 ? [1, .. a] : a,
            other = b.Length == 1 ? [.. b, 1] : b;
        double[] result = [.. Broadcast(left[..^2], other[..^2]), left[^2], other[^1]];
        var type = node.OpType == "MatMulInteger" ? OnnxElementType.Int32 : inputs[0].Type;
        return ValueEstimate.Of(type, result);
    }
}

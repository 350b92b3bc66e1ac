namespace MlNetImageTranslation.Export;

/// <summary>
/// Computes short lists of numbers, which become shapes: what exporters write around Reshape and Resize.
/// </summary>
internal static class NumberRules
{
    private const int Most = 4096;

    /// <summary>The numbers that a node gives, or null where it computes no short list of known numbers.</summary>
    public static double[]? Of(NodeProto node, IReadOnlyList<ValueEstimate> inputs, ValueEstimate result)
    {
        if (result.Count is not <= Most || inputs.Count == 0)
            return null;
        var first = inputs[0];
        if (node.OpType == "Shape")
            return first.Shape is { } shape
                ? Part(shape, node.Integer("start", 0), node.Integer("end", long.MaxValue))
                : null;
        if (node.OpType == "Size")
            return first.Count is { } count ? [count] : null;
        if (node.OpType == "ConstantOfShape")
            return inputs.Count > 1 && inputs[1].Numbers is [var fill] ? Filled(result, fill) : null;
        if (inputs.Any(input => !input.IsMissing && input.Numbers is null) || first.Numbers is not { } a)
            return null;
        return node.OpType switch
        {
            "Identity" or "Squeeze" or "Unsqueeze" or "Reshape" or "Flatten" => a,
            "Cast" => result.Type == OnnxElementType.Float ? a : Array.ConvertAll(a, Math.Truncate),
            "Concat" => [.. inputs.SelectMany(input => input.Numbers ?? [])],
            "Gather" => Gathered(a, first, inputs),
            "Slice" => Sliced(node, a, first, inputs),
            "Range" => Range(a, inputs),
            "Expand" or "Tile" => a.Length == 1 ? Filled(result, a[0]) : null,
            "Where" => Chosen(a, inputs),
            "Neg" => Array.ConvertAll(a, value => -value),
            "Abs" => Array.ConvertAll(a, Math.Abs),
            "Floor" => Array.ConvertAll(a, Math.Floor),
            "Ceil" => Array.ConvertAll(a, Math.Ceiling),
            "Round" => Array.ConvertAll(a, value => Math.Round(value)),
            "Sqrt" => Array.ConvertAll(a, Math.Sqrt),
            "Not" => Array.ConvertAll(a, value => value == 0 ? 1.0 : 0),
            "ReduceProd" when result.Count == 1 => [a.Aggregate(1.0, (product, value) => product * value)],
            "ReduceSum" when result.Count == 1 => [a.Sum()],
            "ReduceMax" when result.Count == 1 => [a.Max()],
            "ReduceMin" when result.Count == 1 => [a.Min()],
            "Add" => Two(inputs, (x, y) => x + y),
            "Sub" => Two(inputs, (x, y) => x - y),
            "Mul" => Two(inputs, (x, y) => x * y),
            "Div" => Two(
                inputs,
                (x, y) =>
                    IsReal(result.Type) ? x / y
                    : y == 0 ? 0
                    : Math.Truncate(x / y)
            ),
            "Mod" => Two(inputs, (x, y) => y == 0 ? 0 : x - y * Math.Floor(x / y)),
            "Pow" => Two(inputs, Math.Pow),
            "Max" => Two(inputs, Math.Max),
            "Min" => Two(inputs, Math.Min),
            "Equal" => Two(inputs, (x, y) => x == y ? 1 : 0),
            "Less" => Two(inputs, (x, y) => x < y ? 1 : 0),
            "LessOrEqual" => Two(inputs, (x, y) => x <= y ? 1 : 0),
            "Greater" => Two(inputs, (x, y) => x > y ? 1 : 0),
            "GreaterOrEqual" => Two(inputs, (x, y) => x >= y ? 1 : 0),
            "And" => Two(inputs, (x, y) => x != 0 && y != 0 ? 1 : 0),
            "Or" => Two(inputs, (x, y) => x != 0 || y != 0 ? 1 : 0),
            _ => null,
        };
    }

    private static bool IsReal(OnnxElementType type) =>
        type is OnnxElementType.Float or OnnxElementType.Double or OnnxElementType.Float16;

    private static double[] Filled(ValueEstimate result, double value)
    {
        var numbers = new double[(int)result.Count!.Value];
        Array.Fill(numbers, value);
        return numbers;
    }

    private static double[]? Two(IReadOnlyList<ValueEstimate> inputs, Func<double, double, double> compute)
    {
        double[] result = inputs[0].Numbers!;
        foreach (var input in inputs.Skip(1))
        {
            double[] left = result,
                right = input.Numbers ?? [];
            if (left.Length != right.Length && left.Length != 1 && right.Length != 1 || right.Length == 0)
                return null;
            result = new double[Math.Max(left.Length, right.Length)];
            for (int i = 0; i < result.Length; i++)
                result[i] = compute(left[left.Length == 1 ? 0 : i], right[right.Length == 1 ? 0 : i]);
        }
        return result;
    }

    private static double[]? Chosen(double[] condition, IReadOnlyList<ValueEstimate> inputs)
    {
        if (inputs is not [_, { Numbers: { } yes }, { Numbers: { } no }])
            return null;
        int count = Math.Max(condition.Length, Math.Max(yes.Length, no.Length));
        double[][] all = [condition, yes, no];
        if (all.Any(list => list.Length != count && list.Length != 1))
            return null;
        double At(double[] list, int i) => list[list.Length == 1 ? 0 : i];
        return [.. Enumerable.Range(0, count).Select(i => At(condition, i) != 0 ? At(yes, i) : At(no, i))];
    }

    private static double[]? Gathered(double[] list, ValueEstimate from, IReadOnlyList<ValueEstimate> inputs)
    {
        if (from.Shape is not [_] || inputs is not [_, { Numbers: { } indices }])
            return null;
        var result = new double[indices.Length];
        for (int i = 0; i < result.Length; i++)
        {
            double at = indices[i] < 0 ? indices[i] + list.Length : indices[i];
            if (!(at >= 0 && at < list.Length))
                return null;
            result[i] = list[(int)at];
        }
        return result;
    }

    private static double[]? Sliced(
        NodeProto node,
        double[] list,
        ValueEstimate from,
        IReadOnlyList<ValueEstimate> inputs
    )
    {
        if (from.Shape is not [_])
            return null;
        double? start = NodeSettings.Number(node, inputs, 1, "starts"),
            end = NodeSettings.Number(node, inputs, 2, "ends");
        double step = inputs.Count > 4 && inputs[4].Numbers is [var given] ? given : 1;
        if (start is null || end is null || step == 0)
            return null;
        if (step == 1)
            return Part(list, start.Value, end.Value);
        if (step != -1)
            return null;
        double[] reversed = [.. list.Reverse()];
        double At(double index) => index < 0 ? Math.Max(-1, index + list.Length) : Math.Min(index, list.Length - 1);
        return Part(reversed, list.Length - 1 - At(start.Value), list.Length - 1 - At(end.Value));
    }

    private static double[] Part(double[] list, double start, double end)
    {
        double At(double index) => Math.Clamp(index < 0 ? index + list.Length : index, 0, list.Length);
        int first = (int)At(start),
            last = (int)At(end);
        return last > first ? list[first..last] : [];
    }

    private static double[]? Range(double[] start, IReadOnlyList<ValueEstimate> inputs)
    {
        if (start.Length != 1 || inputs is not [_, { Numbers: [var end] }, { Numbers: [var step] }] || step == 0)
            return null;
        int count = (int)Math.Clamp(Math.Ceiling((end - start[0]) / step), 0, Most);
        return [.. Enumerable.Range(0, count).Select(i => start[0] + i * step)];
    }
}

namespace MlNetImageTranslation.Export;

/// <summary>The shape of an Einstein sum, whose equation says which sides stay.</summary>
internal static class EinsumRule
{
    /// <summary>The result; null where the equation is not one of plain letters.</summary>
    public static ValueEstimate? Of(NodeProto node, IReadOnlyList<ValueEstimate> inputs)
    {
        string equation = (node.Find("equation")?.S?.ToStringUtf8() ?? "").Replace(" ", "", StringComparison.Ordinal);
        string[] sides = equation.Split("->");
        string[] terms = sides[0].Split(',');
        if (sides.Length > 2 || terms.Length != inputs.Count || equation.Contains('.', StringComparison.Ordinal))
            return null;
        var lengths = new Dictionary<char, double>();
        for (int i = 0; i < terms.Length; i++)
        {
            if (inputs[i].Shape is not { } shape || shape.Length != terms[i].Length)
                return null;
            for (int axis = 0; axis < shape.Length; axis++)
                lengths[terms[i][axis]] = Math.Max(shape[axis], lengths.GetValueOrDefault(terms[i][axis]));
        }
        string all = string.Concat(terms),
            result = sides.Length == 2
                ? sides[1]
                : string.Concat(all.Where(letter => all.Count(other => other == letter) == 1).Order());
        return result.All(lengths.ContainsKey)
            ? ValueEstimate.Of(inputs[0].Type, [.. result.Select(letter => lengths[letter])])
            : null;
    }
}

namespace MlNetImageTranslation.Export;

/// <summary>Settings that were attributes in old operator sets and are inputs in new ones.</summary>
internal static class NodeSettings
{
    /// <summary>A list of numbers, from an input or an attribute; null where it is not known.</summary>
    public static double[]? Numbers(NodeProto node, IReadOnlyList<ValueEstimate> inputs, int input, string attribute) =>
        inputs.Count > input && !inputs[input].IsMissing ? inputs[input].Numbers
        : node.Find(attribute) is { } setting
            ? setting.Ints.Count > 0 ? [.. setting.Ints.Select(value => (double)value)]
                : setting.Floats.Count > 0 ? [.. setting.Floats.Select(value => (double)value)]
                : null
        : null;

    /// <summary>The only number of such a list.</summary>
    public static double? Number(NodeProto node, IReadOnlyList<ValueEstimate> inputs, int input, string attribute) =>
        Numbers(node, inputs, input, attribute) is [var only] ? only : null;

    /// <summary>An integer setting.</summary>
    public static long Integer(this NodeProto node, string attribute, long missing) =>
        node.Find(attribute)?.I ?? missing;

    /// <summary>One of a list of integers.</summary>
    public static long Integer(this NodeProto node, string attribute, int index, long missing) =>
        node.Find(attribute)?.Ints is { } values && index < values.Count ? values[index] : missing;
}

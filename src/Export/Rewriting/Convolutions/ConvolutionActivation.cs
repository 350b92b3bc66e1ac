namespace MlNetImageTranslation.Export;

/// <summary>An activation that scales negative values: ReLU or leaky ReLU.</summary>
/// <param name="Node">The node.</param>
/// <param name="Slope">What negative values are multiplied by, 0 to 1.</param>
internal sealed record ConvolutionActivation(NodeProto Node, float Slope)
{
    private const float UsualSlope = 0.01f;

    /// <summary>The activation of a node, or null where it is something else.</summary>
    public static ConvolutionActivation? Of(NodeProto? node) =>
        node is null ? null
        : node.Is("Relu") ? new(node, 0)
        : node.Is("LeakyRelu") && (node.Find("alpha")?.F ?? UsualSlope) is >= 0 and <= 1 and var slope
            ? new(node, slope)
        : null;
}

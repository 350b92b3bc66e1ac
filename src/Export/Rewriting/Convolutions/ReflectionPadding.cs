namespace MlNetImageTranslation.Export;

/// <summary>A padding of images by reflection, of one pixel at most on each side.</summary>
/// <param name="Node">The node.</param>
/// <param name="Padding">Pixels added above, on the left, below and on the right: 0 or 1.</param>
internal sealed record ReflectionPadding(NodeProto Node, (int Top, int Left, int Bottom, int Right) Padding)
{
    /// <summary>The padding of a node, or null where it is something else.</summary>
    public static ReflectionPadding? Of(NodeProto? node, GraphConstants constants)
    {
        if (
            node is not { Input.Count: >= 1, Output.Count: 1 }
            || !node.Is("Pad")
            || node.Find("mode")?.S.ToStringUtf8() != "reflect"
            // The axes, from opset 18 on.
            || node is { Input.Count: > 3 } && node.Input[3].Length > 0
        )
            return null;
        // From opset 11 on, the widths are an input.
        var widths =
            node.Find("pads") is { } attribute ? [.. attribute.Ints]
            : node.Input.Count > 1 ? constants.Integers(node.Input[1])
            : null;
        return widths is [0, 0, var top, var left, 0, 0, var bottom, var right] && widths.All(width => width is 0 or 1)
            ? new(node, ((int)top, (int)left, (int)bottom, (int)right))
            : null;
    }
}

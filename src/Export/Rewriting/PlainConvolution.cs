namespace MlNetImageTranslation.Export;

/// <summary>
/// A 3x3 convolution without stride, dilation or groups, of constant float weights: what Winograd's way can replace.
/// </summary>
/// <param name="Node">The node.</param>
/// <param name="Inputs">Input channels.</param>
/// <param name="Outputs">Output channels.</param>
/// <param name="Padding">Zeros added above, on the left, below and on the right.</param>
internal sealed record PlainConvolution(
    NodeProto Node,
    int Inputs,
    int Outputs,
    (int Top, int Left, int Bottom, int Right) Padding
)
{
    /// <summary>The convolution of a node, or null where it is something else.</summary>
    public static PlainConvolution? Of(NodeProto node, GraphConstants constants)
    {
        if (
            !node.Is("Conv")
            || node.Input.Count < 2
            || constants.Shape(node.Input[1]) is not [var outputs, var inputs, 3, 3]
            || outputs is < 1 or > ushort.MaxValue
            || inputs is < 1 or > ushort.MaxValue
            || (node.Find("group")?.I ?? 1) != 1
            || node.Find("strides")?.Ints.Any(stride => stride != 1) == true
            || node.Find("dilations")?.Ints.Any(dilation => dilation != 1) == true
            || PaddingOf(node) is not { } padding
        )
            return null;
        return new(node, (int)inputs, (int)outputs, padding);
    }

    private static (int Top, int Left, int Bottom, int Right)? PaddingOf(NodeProto node) =>
        node.Find("auto_pad")?.S.ToStringUtf8() switch
        {
            null or "" or "NOTSET" => node.Find("pads")?.Ints switch
            {
                null or { Count: 0 } => (0, 0, 0, 0),
                { Count: 4 } pads when pads.All(pad => pad is >= 0 and <= short.MaxValue) => (
                    (int)pads[0],
                    (int)pads[1],
                    (int)pads[2],
                    (int)pads[3]
                ),
                _ => null,
            },
            "VALID" => (0, 0, 0, 0),
            "SAME_UPPER" or "SAME_LOWER" => (1, 1, 1, 1),
            _ => null,
        };
}

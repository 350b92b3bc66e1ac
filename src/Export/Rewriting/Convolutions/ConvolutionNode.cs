using System.Collections.Immutable;
using MlNetImageTranslation.Networks;

namespace MlNetImageTranslation.Export;

/// <summary>
/// A 2-D convolution, or a transposed one, without dilation, groups or a given size, of constant weights: what can be
/// computed in other ways.
/// </summary>
/// <param name="Node">The node.</param>
/// <param name="Inputs">Input channels.</param>
/// <param name="Outputs">Output channels.</param>
/// <param name="Kernel">Rows and columns of the kernel.</param>
/// <param name="Padding">Zeros added above, on the left, below and on the right.</param>
internal sealed record ConvolutionNode(
    NodeProto Node,
    int Inputs,
    int Outputs,
    (int Height, int Width) Kernel,
    (int Top, int Left, int Bottom, int Right) Padding
)
{
    public bool IsTransposed => Node.OpType == "ConvTranspose";

    /// <summary>The convolution of a node, or null where it is something else.</summary>
    public static ConvolutionNode? Of(NodeProto node, GraphConstants constants)
    {
        bool transposed = node.Is("ConvTranspose");
        if (
            !(transposed || node.Is("Conv"))
            || node is { Input.Count: < 2 } or { Output.Count: not 1 }
            || constants.Shape(node.Input[1]) is not { Length: 4 } shape
            || shape.Any(side => side is < 1 or > ushort.MaxValue)
            || node.Find("output_shape") is not null
            || (node.Find("group")?.I ?? 1) != 1
            || !All(node, "dilations", 1)
            || PaddingOf(node, shape) is not { } padding
        )
            return null;
        var (outputs, inputs) = transposed ? (shape[1], shape[0]) : (shape[0], shape[1]);
        return new(node, (int)inputs, (int)outputs, ((int)shape[2], (int)shape[3]), padding);
    }

    /// <summary>Whether both strides are that.</summary>
    public bool HasStride(int stride) => All(Node, "strides", stride);

    /// <summary>A number for rows (0) or columns (1) of what <paramref name="attribute"/> says.</summary>
    public int Number(string attribute, int side) =>
        Node.Find(attribute)?.Ints is { } values && side < values.Count ? (int)values[side] : 0;

    private static bool All(NodeProto node, string attribute, int value) =>
        node.Find(attribute)?.Ints is { Count: > 0 } values ? values.All(one => one == value) : value == 1;

    private static (int Top, int Left, int Bottom, int Right)? PaddingOf(NodeProto node, ImmutableArray<long> shape)
    {
        var pads = node.Find("pads")?.Ints;
        // Of an odd sum of paddings, the larger part is at the end (upper) or at the beginning (lower).
        int rows = (int)shape[2] - 1,
            columns = (int)shape[3] - 1;
        bool same = node.OpType == "Conv" && All(node, "strides", 1);
        return node.Find("auto_pad")?.S.ToStringUtf8() switch
        {
            "SAME_UPPER" when same => (rows / 2, columns / 2, rows - rows / 2, columns - columns / 2),
            "SAME_LOWER" when same => (rows - rows / 2, columns - columns / 2, rows / 2, columns / 2),
            "VALID" => (0, 0, 0, 0),
            null or "" or "NOTSET" when pads is null or { Count: 0 } => (0, 0, 0, 0),
            null or "" or "NOTSET" when pads.Count == 4 && pads.All(pad => pad is >= 0 and <= short.MaxValue) => (
                (int)pads[0],
                (int)pads[1],
                (int)pads[2],
                (int)pads[3]
            ),
            _ => null,
        };
    }
}

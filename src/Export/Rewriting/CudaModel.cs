namespace MlNetImageTranslation.Export;

/// <summary>
/// A model in the form that ONNX Runtime has CUDA kernels for. It gives the same result. Transposed convolutions that
/// crop more at the beginning than at the end run on the CPU otherwise, with a copy there and back.
/// </summary>
internal static class CudaModel
{
    /// <summary>Rewrites a model; null where there is nothing to do.</summary>
    /// <param name="model">The model's bytes.</param>
    /// <exception cref="FormatException">The bytes are not an ONNX model.</exception>
    public static byte[]? Rewrite(ReadOnlySpan<byte> model) =>
        OnnxMessages.Use(
            model,
            document => document.Graph.Node.Count(MakeSymmetric) > 0 ? OnnxMessages.ToArray(document) : null
        );

    /// <summary>
    /// Gives a transposed convolution its symmetric form, where it has one and is not in it. Cropping one row less at
    /// the end is the same as cropping as many as at the beginning and adding one back, which ONNX calls output padding
    /// and allows below the stride.
    /// </summary>
    /// <returns>Whether the node was changed.</returns>
    internal static bool MakeSymmetric(NodeProto node)
    {
        if (!node.Is("ConvTranspose") || node.Find("output_shape") is not null)
        {
            return false;
        }

        var pads = node.Find("pads")?.Ints;
        if (pads is not { Count: > 0 } || pads.Count % 2 != 0)
        {
            return false;
        }

        int sides = pads.Count / 2;
        var missing = new long[sides];
        for (int side = 0; side < sides; side++)
        {
            missing[side] = pads[side] - pads[sides + side];
            long stride = Number(node, "strides", side) ?? 1;
            if (missing[side] < 0 || missing[side] + (Number(node, "output_padding", side) ?? 0) >= stride)
            {
                return false;
            }
        }
        if (missing.All(rows => rows == 0))
        {
            return false;
        }

        var padding = OnnxAttribute.Integers("output_padding", [.. missing]);
        for (int side = 0; side < sides; side++)
        {
            padding.Ints[side] += Number(node, "output_padding", side) ?? 0;
            pads[sides + side] = pads[side];
        }
        if (node.Find("output_padding") is { } before)
        {
            node.Attribute.Remove(before);
        }
        node.Attribute.Add(padding);
        return true;
    }

    private static long? Number(NodeProto node, string attribute, int side) =>
        node.Find(attribute)?.Ints is { } values && side < values.Count ? values[side] : null;
}

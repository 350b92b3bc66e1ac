using System.Runtime.InteropServices;

namespace MlNetImageTranslation.Export;

/// <summary>
/// A model of double precision that computes with float32: ONNX Runtime has no kernels of double precision for
/// convolutions and many norms.
/// </summary>
internal static class FloatModel
{
    // What nodes call the type of what they give.
    private static readonly string[] s_types = ["to", "dtype", "output_datatype"];

    /// <summary>Rewrites a model; null where nothing in it has double precision.</summary>
    /// <param name="model">The model's bytes; no values of it may lie in other files.</param>
    /// <exception cref="FormatException">The bytes are not an ONNX model.</exception>
    public static byte[]? Rewrite(ReadOnlySpan<byte> model) => OnnxMessages.Use(model, Rewrite);

    private static byte[]? Rewrite(ModelProto document)
    {
        var nodes = document.AllNodes().ToList();
        int changed = 0;
        foreach (var tensor in document.AllTensors().Where(tensor => IsDouble(tensor.DataType)))
        {
            Narrow(tensor);
            changed++;
        }
        foreach (var value in nodes.SelectMany(node => node.Subgraphs()).Prepend(document.Graph).SelectMany(Values))
            if (value.Type?.TensorType is { } type && IsDouble(type.ElemType))
            {
                type.ElemType = (int)OnnxElementType.Float;
                changed++;
            }
        foreach (var attribute in nodes.SelectMany(node => node.Attribute))
            if (s_types.Contains(attribute.Name) && attribute.HasI && IsDouble(attribute.I))
            {
                attribute.I = (int)OnnxElementType.Float;
                changed++;
            }
        return changed > 0 ? OnnxMessages.ToArray(document) : null;
    }

    private static bool IsDouble(long type) => type == (int)OnnxElementType.Double;

    private static IEnumerable<ValueInfoProto> Values(GraphProto graph) =>
        graph.Input.Concat(graph.Output).Concat(graph.ValueInfo);

    private static void Narrow(TensorProto tensor)
    {
        // Limits of double precision become infinite, which is as good a limit.
        float[] values = tensor.HasRawData
            ? Array.ConvertAll(MemoryMarshal.Cast<byte, double>(tensor.RawData.Span).ToArray(), value => (float)value)
            : [.. tensor.DoubleData.Select(value => (float)value)];
        var narrow = OnnxTensor.Float(tensor.Name, [values.Length], values);
        tensor.DataType = narrow.DataType;
        tensor.RawData = narrow.RawData;
        tensor.DoubleData.Clear();
    }
}

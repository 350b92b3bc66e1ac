using System.Text;
using MlNetImageTranslation.Export;

namespace MlNetImageTranslation.Transforms;

/// <summary>
/// Puts a uint8 [N, H, W, 3] RGB interface around a model: nodes before its input that scale, reorder and transpose,
/// nodes after its output that undo it, clip to 0..255 and round half to even. The model's own nodes and weights are
/// copied byte for byte.
/// </summary>
internal static class OnnxAdapter
{
    private const string Prefix = "imt/";

    /// <summary>The names of the adapted model's input and output.</summary>
    public const string InputName = Prefix + "image",
        OutputName = Prefix + "translated";

    /// <summary>The model with its new interface, as free in batch and size as it was.</summary>
    public static byte[] Adapt(ReadOnlySpan<byte> model, PixelInterface pixels) =>
        Adapt(model, pixels, InputName, OutputName, null, 1);

    /// <summary>The model for one image of one size, padding and cropping inside.</summary>
    /// <param name="model">The model's bytes.</param>
    /// <param name="pixels">What its tensors mean.</param>
    /// <param name="inputName">The new name of its input.</param>
    /// <param name="outputName">The new name of its output.</param>
    /// <param name="size">The image's size, before and after padding; null leaves the sizes as they are.</param>
    /// <param name="scale">How many times larger the output is.</param>
    public static byte[] Adapt(
        ReadOnlySpan<byte> model,
        PixelInterface pixels,
        string inputName,
        string outputName,
        ImagePadding? size,
        int scale
    )
    {
        var around = new ImageNodes(Prefix, pixels, size);
        var before = around.Before(inputName);
        var after = around.After(outputName, scale);
        var batch = new OnnxDimension(size is null ? pixels.FixedBatch : 1, "batch");
        var input = new OnnxTensorInfo(
            inputName,
            OnnxElementType.UInt8,
            [
                batch,
                new(size?.Height ?? pixels.InputShape.Height, "height"),
                new(size?.Width ?? pixels.InputShape.Width, "width"),
                3,
            ]
        );
        var output = new OnnxTensorInfo(
            outputName,
            OnnxElementType.UInt8,
            [batch, new(size?.Height * scale, "out_height"), new(size?.Width * scale, "out_width"), 3]
        );
        using var result = new MemoryStream(model.Length + 65536);
        var fields = new ProtobufReader(model);
        while (fields.Next())
        {
            if (fields.Field != 7)
            {
                result.Write(fields.Raw);
                continue;
            }
            using var graph = new MemoryStream(fields.Bytes.Length + 65536);
            foreach (var node in before)
                Write(graph, 1, node);
            var constants = WriteConstants(fields.Bytes, graph);
            CopyGraph(fields.Bytes, pixels.Input.Name, constants, graph);
            foreach (var node in after)
                Write(graph, 1, node);
            foreach (var tensor in around.Constants)
                Write(graph, 5, tensor);
            Write(graph, 11, new OnnxValue(input));
            Write(graph, 12, new OnnxValue(output));
            Write(result, 7, graph.GetBuffer().AsSpan(0, (int)graph.Length));
        }
        return result.ToArray();
    }

    // ML.NET's ApplyOnnxModel refuses models with initializers of types that it has none for, float16 above all; of
    // nodes it asks nothing.
    private static HashSet<string> WriteConstants(ReadOnlySpan<byte> graph, MemoryStream target)
    {
        var names = new HashSet<string>();
        var fields = new ProtobufReader(graph);
        while (fields.Next())
        {
            if (fields.Field != 5 || TensorOf(fields.Bytes) is not { IsKnownToMLNet: false } tensor)
                continue;
            names.Add(tensor.Name);
            using MemoryStream node = new(),
                attribute = new();
            Write(attribute, 1, "value"u8);
            Write(attribute, 5, fields.Bytes);
            attribute.Write([0xA0, 0x01, 4]); // field 20, the attribute's type: a tensor
            Write(node, 2, Encoding.UTF8.GetBytes(tensor.Name));
            Write(node, 4, "Constant"u8);
            Write(node, 5, attribute.GetBuffer().AsSpan(0, (int)attribute.Length));
            Write(target, 1, node.GetBuffer().AsSpan(0, (int)node.Length));
        }
        return names;
    }

    // A TensorProto's name and whether ML.NET knows its element type.
    private static (string Name, bool IsKnownToMLNet) TensorOf(ReadOnlySpan<byte> tensor)
    {
        (string name, long type) = ("", 0);
        var fields = new ProtobufReader(tensor);
        while (fields.Next())
            if (fields.Field == 2)
                type = fields.Number;
            else if (fields.Field == 8)
                name = fields.Text;
        return (name, type is >= 1 and <= 13 and not (long)OnnxElementType.Float16);
    }

    private static void CopyGraph(
        ReadOnlySpan<byte> graph,
        string inputName,
        HashSet<string> constants,
        MemoryStream target
    )
    {
        var fields = new ProtobufReader(graph);
        while (fields.Next())
        {
            // Shapes of inner tensors may name the old free dimensions; the runtime finds them anew.
            if (
                fields.Field is 12 or 13
                || (
                    fields.Field == 11
                    && NameOf(fields.Bytes) is var name
                    && (name == inputName || constants.Contains(name))
                )
            )
                continue;
            if (fields.Field == 5 && constants.Contains(TensorOf(fields.Bytes).Name))
                continue;
            target.Write(fields.Raw);
        }
    }

    // A ValueInfoProto's name is its first field.
    private static string NameOf(ReadOnlySpan<byte> value)
    {
        var fields = new ProtobufReader(value);
        while (fields.Next())
            if (fields.Field == 1)
                return fields.Text;
        return "";
    }

    /// <summary>Writes a field that is a message.</summary>
    public static void Write(Stream stream, int field, ProtobufMessage message)
    {
        WriteHead(stream, field, message.Size);
        message.WriteTo(stream);
    }

    /// <summary>Writes a field that is a message in wire format, however large.</summary>
    public static void Write(Stream stream, int field, ReadOnlySpan<byte> message)
    {
        WriteHead(stream, field, message.Length);
        stream.Write(message);
    }

    private static void WriteHead(Stream stream, int field, int length)
    {
        stream.WriteByte((byte)(field << 3 | 2));
        uint rest = (uint)length;
        for (; rest >= 0x80; rest >>= 7)
            stream.WriteByte((byte)(rest | 0x80));
        stream.WriteByte((byte)rest);
    }
}

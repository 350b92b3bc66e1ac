using System.Runtime.InteropServices;
using Google.Protobuf;

namespace MlNetImageTranslation.Transforms;

/// <summary>Writes the few ONNX messages that are put around a foreign graph.</summary>
internal static class OnnxNodeWriter
{
    /// <summary>A node with one input tensor or more and one output.</summary>
    public static byte[] Node(string type, IReadOnlyList<string> inputs, string output, params ReadOnlySpan<byte[]> attributes)
    {
        using var stream = new MemoryStream();
        using (var writer = new CodedOutputStream(stream, leaveOpen: true))
        {
            foreach (var input in inputs) Text(writer, 1, input);
            Text(writer, 2, output);
            Text(writer, 3, output);
            Text(writer, 4, type);
            foreach (var attribute in attributes) Message(writer, 5, attribute);
        }
        return stream.ToArray();
    }

    /// <summary>An attribute of one integer.</summary>
    public static byte[] Attribute(string name, long value) => Build(writer =>
    {
        Text(writer, 1, name);
        Number(writer, 3, value);
        Number(writer, 20, 2);
    });

    /// <summary>An attribute of integers.</summary>
    public static byte[] Attribute(string name, long[] values) => Build(writer =>
    {
        Text(writer, 1, name);
        foreach (var value in values) Number(writer, 8, value);
        Number(writer, 20, 7);
    });

    /// <summary>A float32 tensor.</summary>
    public static byte[] Tensor(string name, float[] values, params long[] shape) => Tensor(name, OnnxTensorType.Float, MemoryMarshal.AsBytes(values.AsSpan()).ToArray(), shape);

    /// <summary>A vector of int64.</summary>
    public static byte[] Tensor(string name, long[] values) => Tensor(name, 7, MemoryMarshal.AsBytes(values.AsSpan()).ToArray(), [values.Length]);

    /// <summary>A graph's input or output; null or text dimensions are free.</summary>
    public static byte[] ValueInfo(string name, int elementType, IReadOnlyList<long?> shape, IReadOnlyList<string> names)
    {
        var dimensions = Build(writer =>
        {
            for (int i = 0; i < shape.Count; i++)
            {
                var (side, free) = (shape[i], names[i]);
                Message(writer, 1, Build(dimension =>
                {
                    if (side is { } length) Number(dimension, 1, length);
                    else Text(dimension, 2, free);
                }));
            }
        });
        var tensor = Build(writer =>
        {
            Number(writer, 1, elementType);
            Message(writer, 2, dimensions);
        });
        return Build(writer =>
        {
            Text(writer, 1, name);
            Message(writer, 2, Build(type => Message(type, 1, tensor)));
        });
    }

    /// <summary>Writes a message field.</summary>
    public static void Message(CodedOutputStream writer, int field, ReadOnlySpan<byte> message)
    {
        writer.WriteTag(field, WireFormat.WireType.LengthDelimited);
        writer.WriteBytes(ByteString.CopyFrom(message));
    }

    private static byte[] Tensor(string name, int elementType, byte[] raw, long[] shape) => Build(writer =>
    {
        foreach (long side in shape) Number(writer, 1, side);
        Number(writer, 2, elementType);
        Text(writer, 8, name);
        writer.WriteTag(9, WireFormat.WireType.LengthDelimited);
        writer.WriteBytes(ByteString.CopyFrom(raw));
    });

    private static byte[] Build(Action<CodedOutputStream> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new CodedOutputStream(stream, leaveOpen: true)) write(writer);
        return stream.ToArray();
    }

    private static void Text(CodedOutputStream writer, int field, string value)
    {
        writer.WriteTag(field, WireFormat.WireType.LengthDelimited);
        writer.WriteString(value);
    }

    private static void Number(CodedOutputStream writer, int field, long value)
    {
        writer.WriteTag(field, WireFormat.WireType.Varint);
        writer.WriteInt64(value);
    }
}

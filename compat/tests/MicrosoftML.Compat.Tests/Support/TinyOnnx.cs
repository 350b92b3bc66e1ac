using System.Text;

namespace MicrosoftML.Compat.Tests;

/// <summary>Writes one-node ONNX models by hand: the wire format of the few messages that takes.</summary>
internal static class TinyOnnx
{
    public const int Float = 1, UInt8 = 2, Int64 = 7, Float16 = 10;

    /// <summary>A model of one node whose operator takes <paramref name="inputs"/>; -1 is a dynamic dimension.</summary>
    public static byte[] Node(string op, (string Name, int Type, int[] Shape)[] inputs, (string Name, int Type, int[] Shape) output)
        => Graph([(op, inputs.Select(i => i.Name).ToArray(), output.Name)], inputs, [output]);

    public static byte[] Graph((string Op, string[] Inputs, string Output)[] nodes, (string Name, int Type, int[] Shape)[] inputs, (string Name, int Type, int[] Shape)[] outputs)
    {
        var graph = nodes.SelectMany(n => Field(1, [.. n.Inputs.SelectMany(i => Text(1, i)), .. Text(2, n.Output), .. Text(4, n.Op)]))
            .Concat(Text(2, "tiny"))
            .Concat(inputs.SelectMany(i => Field(11, Value(i))))
            .Concat(outputs.SelectMany(o => Field(12, Value(o))));
        return [.. Number(1, 8), .. Field(7, [.. graph]), .. Field(8, [.. Text(1, ""), .. Number(2, 17)])];
    }

    private static byte[] Value((string Name, int Type, int[] Shape) value)
    {
        var shape = value.Shape.SelectMany((d, i) => Field(1, d < 0 ? Text(2, "d" + i) : Number(1, d)));
        return [.. Text(1, value.Name), .. Field(2, Field(1, [.. Number(1, value.Type), .. Field(2, [.. shape])]))];
    }

    private static byte[] Text(int field, string text) => Field(field, Encoding.UTF8.GetBytes(text));

    private static byte[] Field(int field, byte[] content) => [.. Varint((field << 3) | 2), .. Varint(content.Length), .. content];

    private static byte[] Number(int field, int value) => [.. Varint(field << 3), .. Varint(value)];

    private static byte[] Varint(int value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7) bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
        return [.. bytes];
    }
}

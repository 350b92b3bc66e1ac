using System.Text;
using MlNetImageTranslation.Networks;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Export.Tests;

/// <summary>
/// Damaged files give a clear exception or a description, never a crash, a hang or memory without measure.
/// </summary>
public sealed class OnnxFuzzTests
{
    private static readonly byte[] s_model = Make();

    [Fact]
    public void Truncated_anywhere()
    {
        for (int length = 0; length < s_model.Length; length += length < 3000 ? 1 : 37)
            Read(s_model[..length]);
    }

    [Fact]
    public void Bytes_changed_at_random()
    {
        var random = new Random(3);
        int refused = 0;
        for (int round = 0; round < 20000; round++)
        {
            var damaged = (byte[])s_model.Clone();
            for (int change = random.Next(1, 5); change > 0; change--)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            if (!Read(damaged))
                refused++;
        }
        Assert.InRange(refused, 100, 19900);
    }

    [Fact]
    public void Pieces_cut_out_doubled_and_crossed()
    {
        var random = new Random(4);
        for (int round = 0; round < 5000; round++)
        {
            int from = random.Next(s_model.Length),
                to = random.Next(s_model.Length),
                length = random.Next(1, 400);
            var piece = s_model.AsSpan(from, Math.Min(length, s_model.Length - from));
            Read(
                round % 2 == 0
                    ? [.. s_model.AsSpan(0, to), .. piece, .. s_model.AsSpan(to)]
                    : [.. s_model.AsSpan(0, from), .. s_model.AsSpan(from + piece.Length)]
            );
        }
    }

    [Theory]
    [InlineData(new byte[] { 0x3A, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F })] // a graph of 4 GiB in a file of 6 bytes
    [InlineData(new byte[] { 0x3A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F })] // of 2^63
    [InlineData(new byte[] { 0x08, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF })] // a number without end
    [InlineData(new byte[] { 0x0B, 0x0B })] // groups, which ONNX does not have
    [InlineData(new byte[] { 0x00, 0x00 })] // field 0
    public void Impossible_wire_formats_are_refused(byte[] bytes) =>
        Assert.Contains("Malformed", Assert.Throws<FormatException>(() => OnnxModelInfo.Read(bytes)).Message);

    [Fact]
    public void Graphs_nested_without_end_are_refused()
    {
        // node { attribute { graph { node { ... } } } }
        byte[] graph = [];
        for (int depth = 0; depth < 100; depth++)
            graph = Field(1, Field(5, Field(6, graph)));
        Assert.Contains(
            "nested more than",
            Assert.Throws<FormatException>(() => OnnxModelInfo.Read(Field(7, graph))).Message
        );
        Assert.Throws<FormatException>(() => OnnxMessages.Parse(Field(7, graph)));
    }

    [Fact]
    public void Lists_without_measure_are_refused()
    {
        using var model = new MemoryStream();
        for (int i = 0; i < 70000; i++)
            model.Write(Field(14, [.. Field(1, Encoding.ASCII.GetBytes($"{i}")), .. Field(2, "x"u8.ToArray())]));
        Assert.Contains(
            "metadata entries",
            Assert.Throws<FormatException>(() => OnnxModelInfo.Read(model.ToArray())).Message
        );
    }

    [Fact]
    public void More_nodes_than_memory_should_hold_are_refused()
    {
        // Two bytes each in the file.
        var nodes = new byte[2 << 21];
        for (int i = 0; i < nodes.Length; i += 2)
            nodes[i] = 1 << 3 | 2;
        Assert.Contains(
            "nodes, attributes and tensors",
            Assert.Throws<FormatException>(() => OnnxModelInfo.Read(Field(7, nodes))).Message
        );
    }

    [Fact]
    public void A_card_without_measure_is_refused()
    {
        byte[] Entry(int length) =>
            Field(
                14,
                [
                    .. Field(1, Encoding.UTF8.GetBytes(ModelCard.MetadataKey)),
                    .. Field(2, Encoding.UTF8.GetBytes(new string('[', length))),
                ]
            );
        foreach (var length in new[] { 60000, 100000, 2000000 })
            Assert.Throws<FormatException>(() => OnnxModelInfo.Read([.. s_model, .. Entry(length)]));
    }

    private static bool Read(byte[] bytes)
    {
        try
        {
            var parsed = OnnxMessages.Parse(bytes);
            Assert.True(OnnxMessages.Use(bytes, model => model.Equals(parsed)));
        }
        catch (FormatException)
        {
            // Like the description below.
        }
        try
        {
            OnnxModelInfo.Read(bytes);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static byte[] Field(int field, byte[] content)
    {
        using var stream = new MemoryStream();
        Varint(stream, (uint)(field << 3 | 2));
        Varint(stream, (uint)content.Length);
        stream.Write(content);
        return stream.ToArray();
    }

    private static void Varint(Stream stream, uint value)
    {
        for (; value >= 0x80; value >>= 7)
            stream.WriteByte((byte)(value | 0x80));
        stream.WriteByte((byte)value);
    }

    private static byte[] Make()
    {
        using var stream = new MemoryStream();
        var graph = NetworkCatalog.Create(new NetworkOptions { Architecture = "unet-16", Filters = 1 });
        OnnxExporter.Export(graph, RandomNetworks.Weights(graph), new(), stream);
        return stream.ToArray();
    }
}

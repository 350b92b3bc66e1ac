using Google.Protobuf;

namespace MlNetImageTranslation.Export.Tests;

/// <summary>Models whose weights are read where they lie are those that Google's parser reads.</summary>
public sealed class OnnxParserTests
{
    private const int Large = 1 << 20;

    [Fact]
    public void Models_are_the_same_and_their_weights_are_not_copied()
    {
        byte[] model = Model("first", "last").ToByteArray();
        var parsed = OnnxMessages.Parse(model);
        long before = GC.GetAllocatedBytesForCurrentThread();
        int weights = OnnxMessages.Use(model, read => read.Graph.Initializer.Sum(tensor => tensor.RawData.Length));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Large / 4);
        Assert.Equal(2 * 4 * Large, weights);
        Assert.True(OnnxMessages.Use(model, read => read.Equals(parsed)));
        Assert.Equal(model, OnnxMessages.Use(model, OnnxMessages.ToArray));
    }

    [Fact]
    public void What_stands_in_several_places_is_merged()
    {
        // As protobuf demands: lists are joined, and of single values the last one counts.
        byte[] model = [.. Model("first", "a").ToByteArray(), .. Model("last", "b").ToByteArray()];
        var parsed = OnnxMessages.Parse(model);
        Assert.Equal(4, parsed.Graph.Initializer.Count);
        Assert.True(OnnxMessages.Use(model, read => read.Equals(parsed)));

        byte[] values = new byte[Large];
        Random.Shared.NextBytes(values);
        byte[] tensor =
        [
            .. new TensorProto { Name = "w", RawData = ByteString.CopyFrom(new byte[Large]) }.ToByteArray(),
            .. new TensorProto { RawData = ByteString.CopyFrom(values) }.ToByteArray(),
        ];
        byte[] bytes = Field(7, Field(5, tensor));
        Assert.Equal(values, OnnxMessages.Use(bytes, read => read.Graph.Initializer[0].RawData.ToByteArray()));
    }

    [Fact]
    public void What_is_no_model_is_refused()
    {
        Assert.Throws<FormatException>(() => OnnxMessages.Use<int>([], _ => 0));
        Assert.Throws<FormatException>(() => OnnxMessages.Use(new ModelProto { IrVersion = 8 }.ToByteArray(), _ => 0));
        byte[] model = Model("first", "last").ToByteArray();
        Assert.Throws<FormatException>(() => OnnxMessages.Use(model.AsSpan(..^1), _ => 0));
    }

    private static byte[] Field(int number, byte[] content)
    {
        using var stream = new MemoryStream();
        var output = new CodedOutputStream(stream);
        output.WriteTag(number, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(content));
        output.Flush();
        return stream.ToArray();
    }

    private static ModelProto Model(string first, string last)
    {
        float[] values = [.. Enumerable.Range(0, Large).Select(i => i * 0.5f)];
        return new()
        {
            IrVersion = 8,
            Graph = new()
            {
                Name = first,
                Initializer =
                {
                    OnnxTensor.Float(first, [Large], values),
                    OnnxTensor.Float(last, [Large], [.. values.Reverse()]),
                },
                Node = { OnnxNode.Of("Add", [first, last], "y") },
            },
        };
    }
}

using MlNetImageTranslation.Networks;

namespace MlNetImageTranslation.Transforms.Tests;

public sealed class OnnxFileInfoTests
{
    [Fact]
    public void Says_what_the_file_says()
    {
        var info = OnnxFileInfo.Read(TestModels.Export(TestModels.Strided));
        Assert.Equal(17, info.Opset);
        var input = Assert.Single(info.Inputs);
        Assert.Equal(("image", OnnxTensorType.Uint8), (input.Name, input.ElementType));
        Assert.Equal([null, null, null, 3], input.Dimensions);
        Assert.Equal("translated", Assert.Single(info.Outputs).Name);
        Assert.Equal(2, info.Operators["ConvTranspose"]);
        Assert.Contains(ModelCard.MetadataKey, info.Metadata.Keys);
        Assert.Null(info.ExternalTensor);
    }

    [Fact]
    public void Damaged_files_are_refused_or_read_but_never_run_away()
    {
        var good = TestModels.Export(TestModels.Strided);
        var random = new Random(7);
        int refused = 0;
        for (int i = 0; i < 2000; i++)
        {
            var bad = (byte[])good.Clone();
            if (i % 3 == 0) bad = bad[..random.Next(1, bad.Length)];
            // Lengths and tags are near the beginning of messages; weights in the middle take most of the file.
            for (int k = 0; k < 1 + i % 4; k++) bad[random.Next(Math.Min(bad.Length, i % 2 == 0 ? bad.Length : 400))] = (byte)random.Next(256);
            try
            {
                OnnxFileInfo.Read(bad);
            }
            catch (FormatException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, 700, 2000);
    }

    [Fact]
    public void Graphs_in_graphs_end_somewhere()
    {
        // A node's attribute holds a graph that holds a node whose attribute holds a graph ...
        byte[] graph = [];
        for (int i = 0; i < 3000; i++) graph = Field(1, Field(5, Field(6, graph)));
        var failure = Assert.Throws<FormatException>(() => OnnxFileInfo.Read(Field(7, graph)));
        Assert.Contains("16 deep", failure.Message);
    }

    private static byte[] Field(int number, byte[] content)
    {
        var length = new List<byte>();
        for (int rest = content.Length; ; rest >>= 7)
        {
            length.Add((byte)(rest >= 0x80 ? rest & 0x7F | 0x80 : rest));
            if (rest < 0x80) break;
        }
        return [(byte)(number << 3 | 2), .. length, .. content];
    }
}

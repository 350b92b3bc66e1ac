namespace MlNetImageTranslation.Networks.Tests;

public sealed class LabelPlanesLayerTests
{
    [Theory]
    [InlineData(false, 3, 2)]
    [InlineData(true, 6, 3)]
    public void A_network_that_reads_labels_comes_back_from_JSON(bool edges, int channels, int planes)
    {
        var graph = Labels([0xFF8000, 0x000000], [0x010203], edges);
        Assert.Equal(new TensorShape(planes, 8, 12), graph.Output);
        Assert.Equal(channels, graph.Input.Channels);
        var back = NetworkGraph.FromJson(graph.ToJson());
        Assert.Equal(graph.ToJson(), back.ToJson());
        var layer = Assert.IsType<LabelPlanesLayer>(back.Layers[0]);
        Assert.Equal([0xFF8000, 0], layer.Colors);
        Assert.Equal([0x010203], layer.IgnoredColors);
        Assert.Equal(edges ? 3 : 1, ReceptiveField.Of(graph));
        Assert.Contains("Labels 2", NetworkSummary.Of(graph).ToString());
        Assert.DoesNotContain("inputChannels", graph.ToJson());
    }

    [Fact]
    public void Settings_and_inputs_that_make_no_sense_are_refused_by_name()
    {
        foreach (
            int[] colors in (int[][])
                [
                    [],
                    [0x1000000],
                    [-1],
                ]
        )
            Assert.Contains("'labels'", Assert.Throws<ArgumentException>(() => Labels([.. colors], [], false)).Message);
        var layer = (LabelPlanesLayer)Labels([0], [], true).Layers[0];
        Assert.Contains(
            "expects 6 input channels",
            Assert.Throws<ArgumentException>(() => new NetworkGraph("x", new(3, 8, 8), [layer])).Message
        );
    }

    private static NetworkGraph Labels(int[] colors, int[] ignored, bool edges) =>
        new(
            "labels",
            new(edges ? 6 : 3, 8, 12),
            [
                new LabelPlanesLayer
                {
                    Name = "labels",
                    Inputs = [NetworkGraph.InputName],
                    Colors = [.. colors],
                    IgnoredColors = [.. ignored],
                    Edges = edges,
                },
            ]
        );
}

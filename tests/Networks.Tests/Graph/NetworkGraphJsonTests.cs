namespace MlNetImageTranslation.Networks.Tests;

/// <summary>
/// A graph survives being written as JSON and read again, settings that differ from a layer's default included.
/// </summary>
public sealed class NetworkGraphJsonTests
{
    public static TheoryData<string> Names => [.. NetworkCatalog.Names];

    [Theory, MemberData(nameof(Names))]
    public void Round_trip_keeps_every_layer_and_weight(string name)
    {
        // VGG16's filters are those of its weights.
        int? filters = name == "vgg16" ? null : 4;
        var graph = NetworkCatalog.Create(new NetworkOptions { Architecture = name, Filters = filters });
        var json = graph.ToJson();
        var read = NetworkGraph.FromJson(json);

        Assert.Equal(json, read.ToJson());
        Assert.Equal(graph.Input, read.Input);
        Assert.Equal(graph.Output, read.Output);
        Assert.Equal(
            graph.Parameters.Select(parameter =>
                $"{parameter.Name} [{string.Join(", ", parameter.Shape)}] {parameter.Kind} {parameter.Trainable}"
            ),
            read.Parameters.Select(parameter =>
                $"{parameter.Name} [{string.Join(", ", parameter.Shape)}] {parameter.Kind} {parameter.Trainable}"
            )
        );
        foreach (var (expected, actual) in graph.Layers.Zip(read.Layers))
        {
            Assert.Equal(expected.GetType(), actual.GetType());
            Assert.Equal(expected.Inputs, actual.Inputs);
            if (expected is not ScaleLayer)
                Assert.Equal(expected, actual with { Inputs = expected.Inputs });
        }
    }

    [Fact]
    public void Settings_of_zero_and_false_are_kept()
    {
        var graph = new NetworkBuilder("n", new(3, 8, 8))
            .Convolution("c", 4, 3, bias: false)
            .Add(
                new NormalizationLayer
                {
                    Name = "n",
                    Inputs = ["c"],
                    Kind = NormalizationKind.Batch,
                    Channels = 4,
                    Epsilon = 0,
                    Momentum = 0,
                }
            )
            .Dropout("d", 0)
            .Build();

        var read = NetworkGraph.FromJson(graph.ToJson());

        Assert.False(((ConvolutionLayer)read["c"]).Bias);
        Assert.Equal(0, ((NormalizationLayer)read["n"]).Epsilon);
        Assert.Equal(0, ((NormalizationLayer)read["n"]).Momentum);
        Assert.Equal(0, ((DropoutLayer)read["d"]).Probability);
    }

    [Theory]
    [InlineData("\"none\"", "Batch or Instance")]
    [InlineData("\"group\"", "kind")]
    [InlineData("1", "kind")]
    public void A_norm_of_no_kind_is_refused(string kind, string message)
    {
        var json = NetworkCatalog.Create("patch").ToJson();
        Assert.Contains("\"kind\":\"batch\"", json);
        var exception = Assert.Throws<FormatException>(() =>
            NetworkGraph.FromJson(json.Replace("\"kind\":\"batch\"", $"\"kind\":{kind}"))
        );
        Assert.Contains(message, exception.Message);
    }

    [Fact]
    public void A_norm_of_no_kind_cannot_be_built()
    {
        var builder = new NetworkBuilder("n", new(3, 8, 8));
        var layer = new NormalizationLayer
        {
            Name = "norm",
            Inputs = ["input"],
            Kind = NormalizationKind.None,
            Channels = 3,
        };
        var exception = Assert.Throws<ArgumentException>(() => builder.Add(layer));
        Assert.Contains("layer 'norm' should be Batch or Instance", exception.Message);
        Assert.Throws<ArgumentException>(() => new NetworkGraph("n", new(3, 8, 8), [layer]));
    }

    [Fact]
    public void Null_is_a_mistake_of_the_program() =>
        Assert.Throws<ArgumentNullException>(() => NetworkGraph.FromJson(null!));
}

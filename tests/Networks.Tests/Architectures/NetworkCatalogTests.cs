namespace MlNetImageTranslation.Networks.Tests;

public sealed class NetworkCatalogTests
{
    public static TheoryData<string> Names => [.. NetworkCatalog.Names];

    [Theory, MemberData(nameof(Names))]
    public void Every_network_survives_JSON(string name)
    {
        var graph = NetworkCatalog.Create(name);
        var read = NetworkGraph.FromJson(graph.ToJson());
        Assert.Equal(graph.Name, read.Name);
        Assert.Equal(graph.Input, read.Input);
        Assert.Equal(
            graph.Parameters.Select(p => (p.Name, string.Join(',', p.Shape), p.Kind, p.Trainable)),
            read.Parameters.Select(p => (p.Name, string.Join(',', p.Shape), p.Kind, p.Trainable))
        );
        Assert.Equal(graph.ToJson(), read.ToJson());
        foreach (var (layer, other) in graph.Layers.Zip(read.Layers))
        {
            Assert.Equal(layer.Inputs.AsEnumerable(), other.Inputs);
            // Records compare arrays by reference.
            if (layer is not ScaleLayer)
                Assert.Equal(layer with { Inputs = [] }, other with { Inputs = [] });
        }
    }

    [Theory]
    [InlineData("unet-256", 256, 256)]
    [InlineData("unet-128", 128, 128)]
    [InlineData("unet-16", 16, 16)]
    [InlineData("encoder-decoder-256", 256, 256)]
    [InlineData("resnet-9", 256, 4)]
    [InlineData("resnet-9-antialiased", 256, 4)]
    [InlineData("plain-unet", 256, 16)]
    [InlineData("pix2pixhd", 256, 16)]
    [InlineData("pix2pixhd-local", 512, 32)]
    [InlineData("pix2pixhd-local-5-2", 512, 32)]
    [InlineData("pytorch-gan-unet", 256, 256)]
    [InlineData("pytorch-gan-discogan", 64, 64)]
    [InlineData("pytorch-gan-dualgan", 128, 128)]
    [InlineData("vgg16-unet", 256, 16)]
    [InlineData("keras-unet-256", 256, 256)]
    [InlineData("keras-resnet-6", 128, 4)]
    public void Generators_keep_the_size(string name, int side, int multiple)
    {
        var graph = NetworkCatalog.Create(name);
        Assert.Equal(new TensorShape(3, side, side), graph.Input);
        Assert.Equal(new TensorShape(3, side, side), graph.Output);
        Assert.Equal(multiple, graph.SizeMultiple);
        Assert.Equal(
            new TensorShape(3, multiple * 2, multiple * 3),
            graph.Shapes(new(3, multiple * 2, multiple * 3))["output"]
        );
    }

    [Theory]
    [InlineData("patch", 6, 30)]
    [InlineData("patch-antialiased", 6, 30)]
    [InlineData("pix2pixhd-patch", 6, 35)]
    [InlineData("pixel", 6, 256)]
    [InlineData("image", 6, 1)]
    [InlineData("pytorch-gan-patch", 6, 16)]
    [InlineData("keras-patch", 6, 16)]
    [InlineData("keras-cyclegan-patch", 3, 7)]
    [InlineData("keras-pix2pix", 3, 16)]
    public void Discriminators_give_one_logit_a_patch(string name, int channels, int side)
    {
        var graph = NetworkCatalog.Create(name);
        Assert.Equal(channels, graph.Input.Channels);
        Assert.Equal(new TensorShape(1, side, side), graph.Output);
    }

    [Theory]
    [InlineData("resnet_9blocks", "resnet-9")]
    [InlineData("unet_256", "unet-256")]
    [InlineData("basic", "patch")]
    [InlineData("global", "pix2pixhd")]
    [InlineData("local", "pix2pixhd-local")]
    [InlineData("n_layers", "patch")]
    [InlineData("Pixel", "pixel")]
    public void The_references_names_are_understood(string reference, string name) =>
        Assert.Equal(name, NetworkCatalog.Create(reference).Name);

    [Theory]
    [InlineData("resnet")]
    [InlineData("unet-99999999999")]
    [InlineData("stylegan")]
    [InlineData("unet-256-antialiased")]
    public void Unknown_names_are_answered_with_the_known_ones(string name)
    {
        var exception = Assert.Throws<ArgumentException>(() => NetworkCatalog.Create(name));
        Assert.Contains($"'{name}'", exception.Message);
        foreach (var known in NetworkCatalog.Names)
            Assert.Contains(known, exception.Message);
    }

    [Theory]
    [InlineData("unet-100", null, null, null, "power of two")]
    [InlineData("unet-256", 100, null, null, "multiple of 256*100")]
    [InlineData("unet-256", null, 3, null, "depth in its name")]
    [InlineData("keras-patch", null, null, NormalizationKind.Batch, "own normalization")]
    [InlineData("patch", null, -1, null, "Layers*1 to*-1")]
    [InlineData("patch", null, 9, null, "leaves nothing")]
    public void Impossible_wishes_are_refused(
        string name,
        int? size,
        int? layers,
        NormalizationKind? norm,
        string message
    )
    {
        var exception = Assert.Throws<ArgumentException>(() =>
            NetworkCatalog.Create(
                new NetworkOptions
                {
                    Architecture = name,
                    Size = size,
                    Layers = layers,
                    Norm = norm,
                }
            )
        );
        Assert.Matches(message.Replace("*", ".*"), exception.Message);
    }

    [Theory]
    [InlineData("patch")]
    [InlineData("keras-cyclegan-patch")]
    [InlineData("vgg16")]
    public void Channels_of_the_output_are_refused_by_networks_that_have_their_own(string name)
    {
        var exception = Assert.Throws<ArgumentException>(() =>
            NetworkCatalog.Create(new NetworkOptions { Architecture = name, OutputChannels = 3 })
        );
        Assert.Contains($"'{name}' has the channels of its output by itself", exception.Message);
    }

    [Fact]
    public void Dropout_sits_on_the_inner_decoder_blocks()
    {
        static IEnumerable<string> Dropouts(NetworkGraph graph) =>
            graph.Layers.OfType<DropoutLayer>().Select(layer => layer.Name);
        Assert.Equal(["up7.dropout", "up6.dropout", "up5.dropout"], Dropouts(NetworkCatalog.Create("unet-256")));
        Assert.Equal(["up6.dropout", "up5.dropout"], Dropouts(NetworkCatalog.Create("unet-128")));
        Assert.Equal(["up8.dropout", "up7.dropout", "up6.dropout"], Dropouts(NetworkCatalog.Create("keras-unet-256")));
        Assert.Empty(Dropouts(NetworkCatalog.Create("resnet-9")));
        Assert.Empty(
            Dropouts(NetworkCatalog.Create(new NetworkOptions { Architecture = "unet-256", Dropout = false }))
        );
        Assert.Equal(
            9,
            Dropouts(NetworkCatalog.Create(new NetworkOptions { Architecture = "resnet-9", Dropout = true })).Count()
        );
    }

    [Fact]
    public void Without_norm_only_the_last_convolution_has_a_bias()
    {
        var graph = NetworkCatalog.Create(
            new NetworkOptions { Architecture = "unet-256", Norm = NormalizationKind.None }
        );
        Assert.Equal(["up1.conv.bias"], graph.Parameters.Where(p => p.Kind == ParameterKind.Bias).Select(p => p.Name));
        Assert.DoesNotContain(graph.Layers, layer => layer is NormalizationLayer);
    }
}

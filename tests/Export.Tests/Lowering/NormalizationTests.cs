using MlNetImageTranslation.Networks;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Export.Tests;

/// <summary>Which statistics a file uses, and that running ones cost nothing.</summary>
public sealed class NormalizationTests
{
    [Fact]
    public void Running_statistics_are_folded_into_convolutions()
    {
        var graph = NetworkCatalog.Create(new NetworkOptions { Architecture = "unet-32", Filters = 4 });
        using var running = new Exported(graph, new() { NormStatistics = NormalizationStatistics.Running });
        using var image = new Exported(graph, new() { NormStatistics = NormalizationStatistics.Image });
        int norms = graph.Layers.Count(layer => layer is NormalizationLayer);

        Assert.Equal(0, running.Count("InstanceNormalization") + running.Count("BatchNormalization"));
        // One scaling of the bytes, and no scale and shift left over from norms.
        Assert.Equal(1, running.Count("Mul"));
        Assert.Equal(norms, image.Count("InstanceNormalization"));
        Assert.False(running.Card.HasGlobalStatistics);
        Assert.True(image.Card.HasGlobalStatistics);
        Assert.Equal(NormalizationStatistics.Image, image.Card.NormStatistics);
    }

    [Fact]
    public void A_norm_after_a_convolution_that_is_read_twice_is_not_folded()
    {
        var item = ArchitectureCases.All["all-layers.Running"];
        using var model = new Exported(
            item.Graph,
            new() { Interface = ModelInterface.FloatNchw, NormStatistics = NormalizationStatistics.Running }
        );
        // After the convolution read twice, after the pool, and the scale layer: the third norm is folded.
        Assert.Equal(3, model.Count("Mul"));
    }

    [Theory]
    [InlineData("unet-32", 1, null, NormalizationStatistics.Image)]
    [InlineData("unet-32", 4, null, NormalizationStatistics.Running)]
    [InlineData("unet-32", null, "import", NormalizationStatistics.Image)]
    [InlineData("resnet-2", null, "import", NormalizationStatistics.Running)]
    [InlineData("resnet-2", 1, "cyclegan", NormalizationStatistics.Image)]
    [InlineData("unet-32", null, null, NormalizationStatistics.Running)]
    public void Default_goes_by_batch_size_and_origin(
        string architecture,
        int? batchSize,
        string? trainer,
        NormalizationStatistics expected
    )
    {
        var graph = NetworkCatalog.Create(
            new NetworkOptions
            {
                Architecture = architecture,
                Filters = 4,
                Norm = NormalizationKind.Batch,
                Size = 32,
            }
        );
        using var model = new Exported(
            graph,
            new()
            {
                Provenance = new() { BatchSize = batchSize, Trainer = trainer },
            }
        );
        Assert.Equal(expected, model.Card.NormStatistics);
        Assert.Equal(expected == NormalizationStatistics.Image, model.Count("InstanceNormalization") > 0);
    }

    [Fact]
    public void Networks_whose_norms_always_go_by_the_batch_take_statistics_from_the_image()
    {
        var graph = NetworkCatalog.Create(new NetworkOptions { Architecture = "keras-unet-256", Filters = 2 });
        using var model = new Exported(graph, new());
        Assert.Equal(NormalizationStatistics.Image, model.Card.NormStatistics);
        Assert.Equal(graph.Layers.Count(layer => layer is NormalizationLayer), model.Count("InstanceNormalization"));
    }

    [Theory]
    [InlineData("keras-unet-256", NormalizationKind.Batch, "has no norms with running statistics, but NormStatistics")]
    [InlineData("unet-32", NormalizationKind.Instance, "has no norms with running statistics, but NormStatistics")]
    [InlineData("unet-32", NormalizationKind.None, "has no norms, but NormStatistics")]
    public void Running_statistics_that_a_network_does_not_have_are_refused(
        string architecture,
        NormalizationKind norm,
        string expected
    )
    {
        var options = new NetworkOptions { Architecture = architecture, Filters = 2 };
        var graph = NetworkCatalog.Create(architecture == "unet-32" ? options with { Norm = norm } : options);
        var refusal = Assert.Throws<ArgumentException>(() =>
            new Exported(graph, new() { NormStatistics = NormalizationStatistics.Running })
        );
        Assert.Contains($"Network '{architecture}' {expected}", refusal.Message);
    }

    [Fact]
    public void Dropout_that_a_network_does_not_have_is_refused()
    {
        var graph = NetworkCatalog.Create(
            new NetworkOptions
            {
                Architecture = "resnet-2",
                Filters = 2,
                Size = 32,
            }
        );
        var refusal = Assert.Throws<ArgumentException>(() => new Exported(graph, new() { DropoutAtInference = true }));
        Assert.Contains("Network 'resnet-2' has no dropout, but DropoutAtInference", refusal.Message);
    }

    [Fact]
    public void Networks_without_batch_norm_say_nothing_about_its_statistics()
    {
        var graph = NetworkCatalog.Create(
            new NetworkOptions
            {
                Architecture = "resnet-2",
                Filters = 4,
                Size = 32,
            }
        );
        using var model = new Exported(graph, new());
        Assert.Null(model.Card.NormStatistics);
        Assert.True(model.Card.HasGlobalStatistics);
    }
}

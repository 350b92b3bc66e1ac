using MlNetImageTranslation.Networks;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Export.Tests;

/// <summary>Batch, height and width are free where the network allows, and fixed on request.</summary>
public sealed class SizeTests
{
    [Theory]
    [InlineData("unet-32", 64, 32)]
    [InlineData("resnet-2", 20, 36)]
    public void One_file_translates_batches_and_sizes_of_all_kinds(string architecture, int height, int width)
    {
        var graph = NetworkCatalog.Create(
            new NetworkOptions
            {
                Architecture = architecture,
                Filters = 4,
                Size = 32,
            }
        );
        using var free = new Exported(graph, new() { NormStatistics = NormalizationStatistics.Image });
        using var fixedSize = new Exported(
            graph,
            new() { NormStatistics = NormalizationStatistics.Image, FixedSize = new(width, height) }
        );
        int length = height * width * 3;
        var images = RandomNetworks.Bytes(3 * length);

        var batch = free.Translate(images, 3, height, width);

        Assert.Equal("image: uint8 [N, H, W, 3]", free.Info.Inputs.Single().ToString());
        Assert.Equal("translated: uint8 [N, H, W, 3]", free.Info.Outputs.Single().ToString());
        Assert.Equal($"translated: uint8 [N, {height}, {width}, 3]", fixedSize.Info.Outputs.Single().ToString());
        Assert.Equal(new ImageSize(width, height), fixedSize.Card.FixedSize);
        Assert.Null(free.Card.FixedSize);
        for (int n = 0; n < 3; n++)
        {
            // The statistics of an image are its own: neighbours in the batch change nothing.
            var alone = free.Translate(images[(n * length)..((n + 1) * length)], 1, height, width);
            Assert.Equal(alone, batch[(n * length)..((n + 1) * length)]);
            Assert.Equal(alone, fixedSize.Translate(images[(n * length)..((n + 1) * length)], 1, height, width));
        }
    }

    [Fact]
    public void A_dense_layer_fixes_the_size()
    {
        var graph = NetworkCatalog.Create(
            new NetworkOptions
            {
                Architecture = "image",
                Filters = 4,
                Size = 64,
            }
        );
        using var model = new Exported(graph, new() { Interface = ModelInterface.FloatNchw });
        Assert.Equal(new ImageSize(64, 64), model.Card.FixedSize);
        Assert.Equal($"image: float [N, {graph.Input.Channels}, 64, 64]", model.Info.Inputs.Single().ToString());
        Assert.Equal("translated: float [N, 1]", model.Info.Outputs.Single().ToString());
        var problem = Assert.Throws<ArgumentException>(() =>
            OnnxExporter.Export(
                graph,
                RandomNetworks.Weights(graph),
                new() { Interface = ModelInterface.FloatNchw, FixedSize = new(128, 128) },
                Stream.Null
            )
        );
        Assert.Contains("64x64 only", problem.Message);
    }

    [Fact]
    public void Sizes_that_the_network_cannot_read_are_refused()
    {
        var graph = NetworkCatalog.Create(new NetworkOptions { Architecture = "unet-32", Filters = 4 });
        var problem = Assert.Throws<ArgumentException>(() =>
            OnnxExporter.Export(graph, RandomNetworks.Weights(graph), new() { FixedSize = new(48, 32) }, Stream.Null)
        );
        Assert.Contains("multiples of 32", problem.Message);
        Assert.Contains("48x32", problem.Message);
    }

    [Theory]
    [InlineData("unet-64", NormalizationStatistics.Image)]
    [InlineData("unet-64", NormalizationStatistics.Running)]
    [InlineData("resnet-9", NormalizationStatistics.Image)]
    public void A_file_is_its_weights_and_a_few_kilobytes(string architecture, NormalizationStatistics statistics)
    {
        var graph = NetworkCatalog.Create(new NetworkOptions { Architecture = architecture, Filters = 8 });
        long weights =
            graph.Parameters.Where(parameter => !parameter.IsStatistic).Sum(parameter => parameter.Count)
            * sizeof(float);
        using var model = new Exported(graph, new() { NormStatistics = statistics });
        Assert.InRange(model.Info.FileLength, weights - 8192, weights + 12288);
    }
}

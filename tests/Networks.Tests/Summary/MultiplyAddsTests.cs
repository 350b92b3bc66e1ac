namespace MlNetImageTranslation.Networks.Tests;

/// <summary>
/// Published multiply-add counts, in units of 10 million; papers differ in how they count transposed convolutions.
/// </summary>
public sealed class MultiplyAddsTests
{
    [Theory]
    [InlineData("unet-256", 256, 6.05, 18.14)]
    [InlineData("unet-128", 128, 1.51, null)]
    [InlineData("resnet-9", 256, 49.55, 56.80)]
    [InlineData("resnet-9", 512, 198.2, 227.2)]
    [InlineData("resnet-9", 1024, 792.8, null)]
    [InlineData("resnet-6", 256, 35.06, 42.30)]
    [InlineData("resnet-6", 128, 8.76, null)]
    [InlineData("patch", 256, 3.20, 3.20)]
    public void Counts_equal_the_published_ones(
        string architecture,
        int side,
        double billions,
        double? billionsAtOutputSize
    )
    {
        var graph = NetworkCatalog.Create(architecture);
        var count = MultiplyAdds.Of(graph, graph.Input with { Height = side, Width = side });
        int digits = billions > 100 ? 1 : 2;
        Assert.Equal(billions, Math.Round(count.True / 1e9, digits));
        if (billionsAtOutputSize is { } published)
            Assert.Equal(published, Math.Round(count.OutputSizeConvention / 1e9, digits));
    }

    [Fact]
    public void The_CycleGAN_PatchGAN_reads_one_image()
    {
        var count = MultiplyAdds.Of(
            NetworkCatalog.Create(
                new NetworkOptions
                {
                    Architecture = "patch",
                    InputChannels = 3,
                    Norm = NormalizationKind.Instance,
                }
            )
        );
        Assert.Equal(3.15, Math.Round(count.True / 1e9, 2));
    }

    [Fact]
    public void A_dense_layer_counts_its_weights() =>
        Assert.Equal(4 * 4 * 512, NetworkSummary.Of(NetworkCatalog.Create("image")).Rows[^1].MultiplyAdds.True);
}

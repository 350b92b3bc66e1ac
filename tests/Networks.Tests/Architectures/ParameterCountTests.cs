using MlNetImageTranslation.Networks;

namespace MlNetImageTranslation.Networks.Tests.Architectures;

/// <summary>The published parameter counts.</summary>
public sealed class ParameterCountTests
{
    [Theory]
    // The reference's own logs: 54.414 M, 41.83 M, 11.378 M, 7.838 M, 2.769 M, 2.765 M.
    [InlineData("unet-256", 54_413_955, 9_856)]
    [InlineData("resnet-9", 11_378_179, 0)]
    [InlineData("resnet-6", 7_837_699, 0)]
    [InlineData("patch", 2_768_705, 1_792)]
    // Keras' model.summary().
    [InlineData("keras-unet-256", 54_419_459, 9_856)]
    [InlineData("keras-patch", 6_965_441, 2_816)]
    [InlineData("keras-resnet-6", 1_968_675, 3_072)]
    [InlineData("keras-cyclegan-patch", 2_766_529, 0)]
    public void Counts_equal_the_published_ones(string architecture, long trainable, long statistics)
    {
        var parameters = NetworkCatalog.Create(architecture).Parameters.ToList();
        Assert.Equal(trainable, parameters.Where(p => p.Trainable).Sum(p => p.Count));
        Assert.Equal(statistics, parameters.Where(p => p.IsStatistic).Sum(p => p.Count));
    }
}

using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Imaging.Tests;

namespace MlNetImageTranslation.Datasets.Tests;

public sealed class PhotoFiltersTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_sketch_is_white_where_nothing_is_and_dark_at_an_edge(bool edges)
    {
        Func<RgbImage, double, RgbImage> draw = edges ? DatasetTools.Edges : DatasetTools.Pencil;
        var image = RgbImage.JoinPair(RgbImage.Filled(32, 32, 40, 40, 40), RgbImage.Filled(32, 32, 220, 220, 220));
        var sketch = draw(image, 1);
        Assert.Equal("64x32", sketch.Size);
        Assert.True(sketch[62, 16].R > 245, "paper");
        Assert.True(Enumerable.Range(26, 8).Min(x => sketch[x, 16].R) < 130, "stroke");
        var stronger = draw(image, 2);
        Assert.True(stronger.Pixels.Sum(v => v) < sketch.Pixels.Sum(v => v));
    }

    [Fact]
    public void Downscale_keeps_the_size_and_loses_detail()
    {
        var image = TestImages.Noise(32, 24, 2);
        var blurred = DatasetTools.Downscale(image, 4);
        Assert.Equal(image.Size, blurred.Size);
        Assert.Equal(image.Resize(8, 6).Resize(32, 24).Pixels, blurred.Pixels);
        Assert.Throws<ArgumentOutOfRangeException>(() => DatasetTools.Downscale(image, 1));
    }
}

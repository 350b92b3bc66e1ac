using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Imaging.Tests;

public sealed class PhotoFiltersTests
{
    [Fact]
    public void Gray_is_Pillows_luma()
    {
        var why = PythonOracle.WhyMissing("PIL");
        Assert.SkipWhen(why is not null, why ?? "");
        using var folder = new TemporaryFolder();
        var image = TestImages.Noise(40, 30, 8);
        TestImages.SaveRaw(image, folder.File("a"));
        PythonOracle.Run(
            "import sys\nfrom PIL import Image\nopen(sys.argv[2], 'wb').write(Image.frombytes('RGB', (40, 30), open(sys.argv[1], 'rb').read()).convert('L').convert('RGB').tobytes())",
            folder.File("a"),
            folder.File("b")
        );
        Assert.Equal(File.ReadAllBytes(folder.File("b")), PhotoFilters.Gray(image).Pixels);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_sketch_is_white_where_nothing_is_and_dark_at_an_edge(bool edges)
    {
        Func<RgbImage, double, RgbImage> draw = edges ? PhotoFilters.Edges : PhotoFilters.Pencil;
        var image = ImageGeometry.JoinPair(RgbImage.Filled(32, 32, 40, 40, 40), RgbImage.Filled(32, 32, 220, 220, 220));
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
        var blurred = PhotoFilters.Downscale(image, 4);
        Assert.Equal(image.Size, blurred.Size);
        Assert.Equal(ImageResizer.Resize(ImageResizer.Resize(image, 8, 6), 32, 24).Pixels, blurred.Pixels);
        Assert.Throws<ArgumentOutOfRangeException>(() => PhotoFilters.Downscale(image, 1));
    }
}

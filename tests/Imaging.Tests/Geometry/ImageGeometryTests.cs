namespace MlNetImageTranslation.Imaging.Tests;

public sealed class ImageGeometryTests
{
    // 3x2, samples count up: pixel n is (3n, 3n + 1, 3n + 2).
    private static RgbImage Counting(int width = 3, int height = 2) =>
        new(width, height, [.. Enumerable.Range(0, width * height * 3).Select(i => (byte)i)]);

    private static int[] Numbers(RgbImage image) => [.. image.Pixels.Where((_, i) => i % 3 == 0).Select(v => v / 3)];

    [Theory]
    [InlineData(1, 3, new[] { 0, 1, 2, 3, 4, 5 })]
    [InlineData(2, 3, new[] { 2, 1, 0, 5, 4, 3 })]
    [InlineData(3, 3, new[] { 5, 4, 3, 2, 1, 0 })]
    [InlineData(4, 3, new[] { 3, 4, 5, 0, 1, 2 })]
    [InlineData(5, 2, new[] { 0, 3, 1, 4, 2, 5 })]
    [InlineData(6, 2, new[] { 3, 0, 4, 1, 5, 2 })]
    [InlineData(7, 2, new[] { 5, 2, 4, 1, 3, 0 })]
    [InlineData(8, 2, new[] { 2, 5, 1, 4, 0, 3 })]
    public void Orient_turns_as_Exif_says(int orientation, int width, int[] pixels)
    {
        var turned = ImageGeometry.Orient(Counting(), (ExifOrientation)orientation);
        Assert.Equal(width, turned.Width);
        Assert.Equal(pixels, Numbers(turned));
    }

    [Fact]
    public void Mirror_keeps_the_samples_of_a_pixel_in_order()
    {
        var mirrored = ImageGeometry.MirrorHorizontally(Counting());
        Assert.Equal(new byte[] { 6, 7, 8, 3, 4, 5, 0, 1, 2 }, mirrored.Row(0).ToArray());
    }

    [Fact]
    public void Crop_takes_the_rectangle() => Assert.Equal([4, 5], Numbers(ImageGeometry.Crop(Counting(), 1, 1, 2, 1)));

    [Theory]
    [InlineData(-1, 0, 2, 1)]
    [InlineData(2, 0, 2, 1)]
    [InlineData(0, 1, 1, 2)]
    [InlineData(0, 0, 0, 1)]
    public void Crop_refuses_what_lies_outside(int x, int y, int width, int height)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() =>
            ImageGeometry.Crop(Counting(), x, y, width, height)
        );
        Assert.Contains("3x2", error.Message);
    }

    [Fact]
    public void Pad_surrounds_with_the_colour()
    {
        var padded = ImageGeometry.Pad(Counting(1, 1), 1, 0, 0, 1, (9, 8, 7));
        Assert.Equal(new byte[] { 9, 8, 7, 0, 1, 2, 9, 8, 7, 9, 8, 7 }, padded.Pixels);
    }

    [Fact]
    public void A_pair_joins_and_splits()
    {
        RgbImage a = TestImages.Noise(4, 3, 1),
            b = TestImages.Noise(4, 3, 2);
        var (left, right) = ImageGeometry.SplitPair(ImageGeometry.JoinPair(a, b));
        Assert.Equal(a.Pixels, left.Pixels);
        Assert.Equal(b.Pixels, right.Pixels);
        Assert.Contains(
            "odd.png",
            Assert.Throws<FormatException>(() => ImageGeometry.SplitPair(new RgbImage(5, 2), "odd.png")).Message
        );
        Assert.Throws<ArgumentException>(() => ImageGeometry.JoinPair(a, new RgbImage(4, 4)));
    }
}

namespace MlNetImageTranslation.Imaging.Tests;

public sealed class DecodeAgainstPillowTests(PillowImages images) : IClassFixture<PillowImages>
{
    [Theory]
    [InlineData("rgb.png")]
    [InlineData("gray.png")]
    [InlineData("bilevel.png")]
    [InlineData("palette.png")]
    [InlineData("palette2.png")]
    [InlineData("interlaced.png")]
    [InlineData("gamma.png")]
    [InlineData("rgb.bmp")]
    [InlineData("gray.bmp")]
    [InlineData("bilevel.bmp")]
    [InlineData("palette.bmp")]
    [InlineData("topdown.bmp")]
    [InlineData("rgb32.bmp")]
    [InlineData("lossless.webp")]
    [InlineData("exif6.png")]
    [InlineData("exif6.webp")]
    [InlineData("transparent.png")]
    [InlineData("xmp6.png")]
    [InlineData("xmp6zipped.png")]
    [InlineData("xmp6.webp")]
    [InlineData("raw6.png")]
    [InlineData("exif1xmp6.png")]
    public void A_lossless_file_decodes_to_the_same_samples(string name) => AssertEqual(name, tolerance: 0);

    [Theory]
    [InlineData("alpha.png")]
    [InlineData("alpha.webp")]
    [InlineData("grayalpha.png")]
    public void Alpha_is_composed_on_white(string name) => AssertEqual(name, tolerance: 1);

    [Theory]
    [InlineData("rgb16.png")]
    [InlineData("gray16.png")]
    [InlineData("interlaced16.png")]
    [InlineData("black16.png")]
    [InlineData("alpha16.png")]
    [InlineData("dark16.png")]
    [InlineData("scaled12.png")]
    public void Sixteen_bits_become_eight(string name) => AssertEqual(name, tolerance: 1);

    [Theory]
    [InlineData("gray12.png")]
    [InlineData("rgb12.png")]
    [InlineData("gray14.png")]
    public void Fewer_declared_bits_are_stretched(string name) => AssertEqual(name, tolerance: 1);

    [Theory]
    [InlineData("undeclared12.png", "none over 4095")]
    [InlineData("undeclared8.png", "none over 255")]
    [InlineData("interlaced12.png", "few")]
    public void Fewer_undeclared_bits_are_refused(string name, string expected)
    {
        Assert.SkipWhen(images.WhyMissing is not null, images.WhyMissing ?? "");
        var error = Assert.Throws<FormatException>(() => ImageDecoder.Decode(images.PathOf(name)));
        Assert.Contains(name, error.Message);
        Assert.Contains(expected, error.Message);
        Assert.Equal(16, ImageHeader.Read(images.PathOf(name)).BitsPerSample);
    }

    // Decoders of JPEG and lossy WebP may differ by rounding.
    [Theory]
    [InlineData("444.jpg")]
    [InlineData("420.jpg")]
    [InlineData("progressive.jpg")]
    [InlineData("gray.jpg")]
    [InlineData("cmyk.jpg")]
    [InlineData("lossy.webp")]
    [InlineData("xmp6.jpg")]
    [InlineData("a.jfif")]
    [InlineData("a.jpe")]
    [InlineData("two.mpo")]
    public void A_lossy_file_decodes_to_nearly_the_same_samples(string name) => AssertEqual(name, tolerance: 2);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void The_orientation_is_applied(int orientation) => AssertEqual($"exif{orientation}.jpg", tolerance: 2);

    [Fact]
    public void Without_orientation_the_image_stays_as_stored()
    {
        Assert.SkipWhen(images.WhyMissing is not null, images.WhyMissing ?? "");
        var upright = images.Expected("exif6.png");
        var stored = ImageDecoder.Decode(
            images.PathOf("exif6.png"),
            new ImageDecoderOptions { ApplyOrientation = false }
        );
        Assert.Equal((upright.Height, upright.Width), (stored.Width, stored.Height));
    }

    [Theory]
    [InlineData("animated.webp", "animated")]
    [InlineData("twelve.jpg", "unsupported")]
    public void What_is_not_one_image_of_eight_bits_is_refused(string name, string expected)
    {
        Assert.SkipWhen(images.WhyMissing is not null, images.WhyMissing ?? "");
        var error = Assert.Throws<FormatException>(() => ImageHeader.Read(images.PathOf(name)));
        Assert.Contains(expected, error.Message);
    }

    private void AssertEqual(string name, int tolerance)
    {
        Assert.SkipWhen(images.WhyMissing is not null, images.WhyMissing ?? "");
        var expected = images.Expected(name);
        var header = ImageHeader.Read(images.PathOf(name));
        Assert.Equal((expected.Width, expected.Height), (header.Width, header.Height));
        var actual = ImageDecoder.Decode(images.PathOf(name));
        Assert.Equal(expected.Size, actual.Size);
        Assert.InRange(TestImages.LargestDifference(expected.Pixels, actual.Pixels), 0, tolerance);
    }
}

using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Trainer.Tests;

public sealed class PlanarConversionTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(257)]
    public void Planar_floats_are_those_of_torch_and_come_back(int pixels)
    {
        var image = Noise(pixels, 1, pixels);
        var planes = image.ToPlanar();
        for (var i = 0; i < pixels; i++)
        for (var c = 0; c < 3; c++)
            Assert.Equal((image.Pixels[i * 3 + c] / 255f - 0.5f) / 0.5f, planes[c * pixels + i]);
        Assert.Equal(image.Pixels, PlanarConversion.FromPlanar(planes, pixels, 1).Pixels);
    }

    [Fact]
    public void Floats_outside_are_clamped_and_halves_go_to_even()
    {
        float At(double level) => (float)(level / 127.5 - 1);
        float[] samples =
        [
            -5,
            5,
            float.NaN,
            float.NegativeInfinity,
            float.PositiveInfinity,
            At(10.4),
            At(10.6),
            0,
            -1,
            1,
            0.5f,
            -0.25f,
        ];
        byte[] expected = [0, 255, 0, 0, 255, 10, 11, 128, 0, 255, 191, 96];
        var planes = samples.Concat(samples).Concat(samples).ToArray();
        var pixels = new byte[planes.Length];
        PlanarConversion.FromPlanar(planes, pixels);
        Assert.Equal(expected.SelectMany(v => new[] { v, v, v }), pixels);
    }

    [Fact]
    public void Lengths_must_fit() =>
        Assert.Throws<ArgumentException>(() => PlanarConversion.ToPlanar(new byte[6], new float[9]));

    [Fact]
    public void An_MLImage_keeps_the_samples()
    {
        foreach (var width in new[] { 1, 2, 5, 6, 33 })
        {
            var image = Noise(width, 3, width);
            using var converted = image.ToMLImage();
            Assert.Equal((width, 3), (converted.Width, converted.Height));
            Assert.Equal(image.Pixels, RgbImage.FromMLImage(converted).Pixels);
        }
    }

    private static RgbImage Noise(int width, int height, int seed)
    {
        var image = new RgbImage(width, height);
        new Random(seed).NextBytes(image.Pixels);
        return image;
    }
}

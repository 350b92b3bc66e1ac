using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Imaging.Tests;

namespace MlNetImageTranslation.Datasets.Tests;

public sealed class TranslationBaselineTests
{
    [Fact]
    public void The_constant_is_the_median_of_the_targets()
    {
        var target = new RgbImage(3, 1, [1, 10, 100, 2, 20, 200, 90, 30, 250]);
        var baseline = ConstantColorBaseline.Fit([(new RgbImage(3, 1), target)]);
        Assert.Equal(((byte)2, (byte)20, (byte)200), baseline.Color);
        Assert.Equal(new byte[] { 2, 20, 200 }, baseline.Translate(new RgbImage(1, 1)).Pixels);
    }

    [Fact]
    public void The_table_learns_a_map_from_colours_to_colours()
    {
        // Target = 255 - source on few colours far apart: a table can do that, and needs no blur.
        var source = TestImages.Noise(6, 6, 9).Resize(24, 24, ResizeFilter.Nearest);
        for (var i = 0; i < source.Pixels.Length; i++)
            source.Pixels[i] = (byte)(source.Pixels[i] / 64 * 64);
        var target = new RgbImage(24, 24, Array.ConvertAll(source.Pixels, v => (byte)(255 - v)));
        var baseline = ColorTableBaseline.Fit([(source, target)]);
        Assert.Equal(0, baseline.Sigma);
        Assert.Equal(target.Pixels, baseline.Translate(source).Pixels);
    }

    [Fact]
    public void The_blur_is_chosen_where_it_helps()
    {
        // The target is smooth and the source is the target with noise: smoothing brings it back.
        var target = TestImages.Waves(64, 64);
        var random = new Random(2);
        var source = new RgbImage(
            64,
            64,
            Array.ConvertAll(target.Pixels, v => (byte)Math.Clamp(v + random.Next(-60, 61), 0, 255))
        );
        Assert.True(ColorTableBaseline.Fit([(source, target)]).Sigma > 0);
    }

    [Fact]
    public void Pairs_are_needed_and_have_one_size()
    {
        Assert.Throws<ArgumentException>(() => DatasetTools.FitBaselines([]));
        Assert.Throws<ArgumentException>(() => ColorTableBaseline.Fit([(new RgbImage(2, 2), new RgbImage(2, 3))]));
    }
}

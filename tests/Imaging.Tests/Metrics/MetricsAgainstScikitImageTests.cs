using System.Globalization;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Imaging.Tests;

public sealed class MetricsAgainstScikitImageTests
{
    private const string Script = """
        import sys, numpy as np
        from skimage.metrics import structural_similarity as ssim, peak_signal_noise_ratio as psnr
        w, h = int(sys.argv[3]), int(sys.argv[4])
        a, b = [np.frombuffer(open(p, 'rb').read(), np.uint8).reshape(h, w, 3) for p in sys.argv[1:3]]
        print(np.abs(a.astype(float) - b).mean())
        print(psnr(a, b, data_range=255))
        print(ssim(a, b, channel_axis=2, data_range=255))
        print(ssim(a, b, channel_axis=2, data_range=255, gaussian_weights=True, sigma=1.5, use_sample_covariance=False) if min(w, h) > 10 else 'nan')
        """;

    [Theory]
    [InlineData(64, 48, 10)]
    [InlineData(33, 90, 120)]
    [InlineData(7, 7, 40)]
    [InlineData(11, 12, 255)]
    public void L1_psnr_and_ssim_are_its_figures(int width, int height, int noise)
    {
        var why = PythonOracle.WhyMissing("skimage", "numpy");
        Assert.SkipWhen(why is not null, why ?? "");
        using var folder = new TemporaryFolder();
        var a = TestImages.Waves(width, height);
        var b = a.Clone();
        var random = new Random(noise);
        for (var i = 0; i < b.Pixels.Length; i++)
            b.Pixels[i] = (byte)Math.Clamp(b.Pixels[i] + random.Next(-noise, noise + 1), 0, 255);
        TestImages.SaveRaw(a, folder.File("a"));
        TestImages.SaveRaw(b, folder.File("b"));
        var expected = PythonOracle
            .Run(Script, folder.File("a"), folder.File("b"), $"{width}", $"{height}")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => double.Parse(line, CultureInfo.InvariantCulture))
            .ToArray();

        Assert.Equal(expected[0], ImageMetrics.L1(a, b), 1e-9);
        Assert.Equal(expected[1], ImageMetrics.Psnr(a, b), 1e-9);
        Assert.Equal(expected[2], ImageMetrics.Ssim(a, b), 1e-6);
        Assert.Equal(expected[3], ImageMetrics.Ssim(a, b, SsimWindow.Gaussian), 1e-6);
        Assert.Equal(
            new ImageScores(ImageMetrics.L1(a, b), ImageMetrics.Psnr(a, b), ImageMetrics.Ssim(a, b)),
            ImageScores.Of(a, b)
        );
    }

    [Fact]
    public void Equal_images_have_the_best_scores()
    {
        var image = TestImages.Noise(20, 20, 3);
        var scores = ImageScores.Of(image, image.Clone());
        Assert.Equal(0, scores.L1);
        Assert.Equal(double.PositiveInfinity, scores.Psnr);
        Assert.Equal(1, scores.Ssim, 1e-12);
    }

    [Fact]
    public void Sizes_must_be_equal()
    {
        var error = Assert.Throws<ArgumentException>(() => ImageMetrics.Ssim(new RgbImage(8, 9), new RgbImage(9, 8)));
        Assert.Contains("8x9", error.Message);
        Assert.True(double.IsNaN(ImageMetrics.Ssim(new RgbImage(6, 6), new RgbImage(6, 6))));
    }
}

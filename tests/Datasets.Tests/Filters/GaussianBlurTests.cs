using MlNetImageTranslation.Imaging.Tests;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Datasets.Tests;

public sealed class GaussianBlurTests
{
    private const string Script = """
        import sys, numpy as np
        from scipy.ndimage import gaussian_filter
        w, h, sigma = int(sys.argv[3]), int(sys.argv[4]), float(sys.argv[5])
        a = np.frombuffer(open(sys.argv[1], 'rb').read(), np.uint8).reshape(h, w, 3).astype(np.float64)
        gaussian_filter(a, (sigma, sigma, 0), mode='reflect').round().clip(0, 255).astype(np.uint8).tofile(sys.argv[2])
        """;

    [Theory]
    [InlineData(30, 20, 1.5)]
    [InlineData(5, 40, 3)]
    [InlineData(1, 1, 2)]
    public void It_is_scipys_filter_within_rounding(int width, int height, double sigma)
    {
        var why = PythonOracle.WhyMissing("scipy", "numpy");
        Assert.SkipWhen(why is not null, why ?? "");
        using var folder = new TemporaryFolder();
        var image = TestImages.Noise(width, height, 6);
        TestImages.SaveRaw(image, folder.File("a"));
        PythonOracle.Run(
            Script,
            folder.File("a"),
            folder.File("b"),
            $"{width}",
            $"{height}",
            FormattableString.Invariant($"{sigma}")
        );
        Assert.InRange(
            TestImages.LargestDifference(File.ReadAllBytes(folder.File("b")), GaussianBlur.Apply(image, sigma).Pixels),
            0,
            1
        );
    }

    [Fact]
    public void Sigma_zero_changes_nothing()
    {
        var image = TestImages.Noise(3, 3, 1);
        Assert.Same(image, GaussianBlur.Apply(image, 0));
    }
}

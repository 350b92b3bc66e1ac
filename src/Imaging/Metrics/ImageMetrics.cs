namespace MlNetImageTranslation.Imaging;

/// <summary>Distances between two images of the same size, on 8-bit samples of all three channels.</summary>
internal static class ImageMetrics
{
    /// <summary>
    /// Mean absolute difference of the samples, in levels: 0 to 255. Divide by 255 for samples in 0..1, by 127.5 for
    /// [-1, 1].
    /// </summary>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static double L1(RgbImage a, RgbImage b)
    {
        CheckSizes(a, b);
        long sum = 0;
        for (var i = 0; i < a.Pixels.Length; i++)
            sum += Math.Abs(a.Pixels[i] - b.Pixels[i]);
        return (double)sum / a.Pixels.Length;
    }

    /// <summary>Mean squared difference of the samples, 0 to 65025.</summary>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static double MeanSquaredError(RgbImage a, RgbImage b)
    {
        CheckSizes(a, b);
        long sum = 0;
        for (var i = 0; i < a.Pixels.Length; i++)
        {
            var difference = a.Pixels[i] - b.Pixels[i];
            sum += difference * difference;
        }
        return (double)sum / a.Pixels.Length;
    }

    /// <summary>10 log10(255^2 / mean squared error), in decibels; infinite for equal images.</summary>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static double Psnr(RgbImage a, RgbImage b) => 10 * Math.Log10(255.0 * 255.0 / MeanSquaredError(a, b));

    /// <summary>Mean structural similarity as scikit-image defines it for data_range=255, channel_axis=2.</summary>
    /// <returns>At most 1; NaN where a side is smaller than the window.</returns>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static double Ssim(RgbImage a, RgbImage b) => Ssim(a, b, SsimWindow.Uniform);

    internal static double Ssim(RgbImage a, RgbImage b, SsimWindow window)
    {
        CheckSizes(a, b);
        return StructuralSimilarity.Compute(a, b, window);
    }

    private static void CheckSizes(RgbImage a, RgbImage b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (a.Width != b.Width || a.Height != b.Height)
            throw new ArgumentException($"Images are compared at one size; got {a.Size} and {b.Size}.", nameof(b));
    }
}

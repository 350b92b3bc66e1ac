namespace MlNetImageTranslation.Imaging;

/// <summary>How far an image is from its target.</summary>
/// <param name="L1">Mean absolute difference of the samples, 0 (equal) to 255.</param>
/// <param name="Psnr">Peak signal-to-noise ratio in decibels, infinite for equal images.</param>
/// <param name="Ssim">Mean structural similarity, 1 for equal images; NaN for images smaller than the window.</param>
public readonly record struct ImageScores(double L1, double Psnr, double Ssim)
{
    /// <summary><see cref="L1"/> on samples in 0..1.</summary>
    public double NormalizedL1 => L1 / 255;

    /// <summary>
    /// The scores of an image against its target, on the 8-bit samples of all three channels. SSIM is scikit-image's
    /// with data_range=255 and channel_axis=2.
    /// </summary>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static ImageScores Of(RgbImage image, RgbImage target) =>
        new(ImageMetrics.L1(image, target), ImageMetrics.Psnr(image, target), ImageMetrics.Ssim(image, target));

    /// <summary>
    /// <see cref="L1"/> alone: the mean absolute difference of the samples of two images, in levels: 0 to 255.
    /// </summary>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static double MeanAbsoluteError(RgbImage a, RgbImage b) => ImageMetrics.L1(a, b);

    /// <summary>The mean squared difference of the samples of two images, 0 to 65025.</summary>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static double MeanSquaredError(RgbImage a, RgbImage b) => ImageMetrics.MeanSquaredError(a, b);

    /// <summary>The mean of each score over images.</summary>
    /// <exception cref="ArgumentException">No scores.</exception>
    public static ImageScores Mean(IReadOnlyCollection<ImageScores> scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        if (scores.Count == 0)
            throw new ArgumentException("The mean of no scores is not defined.", nameof(scores));
        return new ImageScores(scores.Average(s => s.L1), scores.Average(s => s.Psnr), scores.Average(s => s.Ssim));
    }
}

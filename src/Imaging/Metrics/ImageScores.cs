namespace MlNetImageTranslation.Imaging;

/// <summary>How far an image is from its target.</summary>
/// <param name="L1">Mean absolute difference of the samples, 0 (equal) to 255.</param>
/// <param name="Psnr">Peak signal-to-noise ratio in decibels, infinite for equal images.</param>
/// <param name="Ssim">Mean structural similarity, 1 for equal images; NaN for images smaller than the window.</param>
public readonly record struct ImageScores(double L1, double Psnr, double Ssim)
{
    /// <summary><see cref="L1"/> on samples in 0..1.</summary>
    public double NormalizedL1 => L1 / 255;

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

namespace MlNetImageTranslation.Imaging;

/// <summary>How far a picture is from its target.</summary>
/// <param name="L1">Mean absolute difference of the samples, 0 (equal) to 255.</param>
/// <param name="Psnr">Peak signal-to-noise ratio in decibels, infinite for equal pictures.</param>
/// <param name="Ssim">Mean structural similarity, 1 for equal pictures; NaN for pictures smaller than the window.</param>
public readonly record struct PictureScores(double L1, double Psnr, double Ssim)
{
    /// <summary><see cref="L1"/> on samples in 0..1.</summary>
    public double NormalizedL1 => L1 / 255;

    /// <summary>The mean of each score over pictures.</summary>
    /// <exception cref="ArgumentException">No scores.</exception>
    public static PictureScores Mean(IReadOnlyCollection<PictureScores> scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        if (scores.Count == 0) throw new ArgumentException("The mean of no scores is not defined.", nameof(scores));
        return new PictureScores(scores.Average(s => s.L1), scores.Average(s => s.Psnr), scores.Average(s => s.Ssim));
    }
}

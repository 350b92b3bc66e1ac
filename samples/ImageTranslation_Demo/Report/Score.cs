using MlNetImageTranslation.Imaging;

namespace ImageTranslation_Demo.Report;

/// <summary>Mean scores of one way to translate over the held-out pairs.</summary>
/// <param name="Name">The way.</param>
/// <param name="L1">Mean absolute difference, in levels of 0 to 255.</param>
/// <param name="Psnr">Peak signal-to-noise ratio, in decibels.</param>
/// <param name="Ssim">Structural similarity, at most 1.</param>
/// <param name="IsOurs">Whether it is the trained network.</param>
internal sealed record Score(string Name, double L1, double Psnr, double Ssim, bool IsOurs)
{
    public static Score Of(string name, IReadOnlyCollection<ImageScores> scores, bool isOurs = false)
    {
        var mean = ImageScores.Mean(scores);
        return new(name, mean.L1, mean.Psnr, mean.Ssim, isOurs);
    }
}

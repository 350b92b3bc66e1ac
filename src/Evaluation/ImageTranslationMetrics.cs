using System.Globalization;
using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Evaluation;

/// <summary>How good translated images are.</summary>
public sealed record ImageTranslationMetrics
{
    /// <summary>Translated images.</summary>
    public required int Images { get; init; }

    /// <summary>
    /// Mean absolute difference to the target, 0 to 255, averaged over images; NaN without targets of the same scene.
    /// </summary>
    public double L1 { get; init; } = double.NaN;

    /// <summary>Mean peak signal-to-noise ratio in decibels; infinite when an image equals its target.</summary>
    public double Psnr { get; init; } = double.NaN;

    /// <summary>Mean structural similarity, at most 1.</summary>
    public double Ssim { get; init; } = double.NaN;

    /// <summary>
    /// The Fréchet distance of the features (FID where the network is Inception), or null where it was not asked for.
    /// </summary>
    public double? FrechetDistance { get; init; }

    /// <summary>The kernel distance of the features (KID), or null where it was not asked for.</summary>
    public KernelDistance? KernelDistance { get; init; }

    /// <summary>How features were made and of how many images: distances compare only within one protocol.</summary>
    public string? FeatureProtocol { get; init; }

    /// <summary>FCN-scores, or null where they were not asked for.</summary>
    public SegmentationScores? Segmentation { get; init; }

    /// <summary>
    /// The scores of each image with its name, in the order in which they came; empty without targets of the same
    /// scene.
    /// </summary>
    public IReadOnlyList<(string Name, ImageScores Scores)> PerImage { get; init; } = [];

    /// <summary>One score a line.</summary>
    public override string ToString()
    {
        var lines = new List<string> { Line("Images", Images, "") };
        if (PerImage.Count > 0)
            lines.AddRange([
                Line("L1 (0..255)", L1, "0.000"),
                Line("PSNR (dB)", Psnr, "0.000"),
                Line("SSIM", Ssim, "0.0000"),
            ]);
        if (FrechetDistance is { } frechet)
            lines.Add(Line("Fréchet distance", frechet, "0.000"));
        if (KernelDistance is { } kernel)
            lines.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{"Kernel distance", -18} {kernel.Mean:0.00000} +- {kernel.StandardDeviation:0.00000} "
                        + $"({kernel.Subsets} x {kernel.SubsetSize})"
                )
            );
        if (FeatureProtocol is { } protocol)
            lines.Add($"{"Features", -18} {protocol}");
        if (Segmentation is { } scores)
            lines.AddRange([
                Line("Pixel accuracy", scores.PixelAccuracy, "0.000"),
                Line("Class accuracy", scores.ClassAccuracy, "0.000"),
                Line("Class IoU", scores.ClassIoU, "0.000"),
            ]);
        return string.Join(Environment.NewLine, lines);
    }

    private static string Line(string name, IFormattable value, string format) =>
        $"{name, -18} {value.ToString(format, CultureInfo.InvariantCulture)}";
}

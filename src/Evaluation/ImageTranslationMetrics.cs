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

    /// <summary>
    /// The kernel distance of the features (KID), the mean over random subsets, or null where it was not asked for. It
    /// is around 0 for equal distributions, and may be slightly negative.
    /// </summary>
    public double? KernelDistance { get; init; }

    /// <summary>
    /// The standard deviation of the kernel distance over the subsets (population); 0 for one subset.
    /// </summary>
    public double? KernelDeviation { get; init; }

    /// <summary>Subsets of the kernel distance.</summary>
    public int? KernelSubsets { get; init; }

    /// <summary>Images of each kind in such a subset.</summary>
    public int? KernelSubsetSize { get; init; }

    /// <summary>How features were made and of how many images: distances compare only within one protocol.</summary>
    public string? FeatureProtocol { get; init; }

    /// <summary>
    /// FCN-score: the share of the pixels whose class is right, 0 to 1, or null where it was not asked for. The scores
    /// are those of the pix2pix and CycleGAN papers (section 4.1 of the former). Classes that are neither in the labels
    /// nor predicted are left out of the means; the papers' script counts them as 0, which makes no difference where
    /// every class occurs.
    /// </summary>
    public double? PixelAccuracy { get; init; }

    /// <summary>FCN-score: the mean over the classes of the share of their pixels that is right.</summary>
    public double? ClassAccuracy { get; init; }

    /// <summary>FCN-score: the mean over the classes of intersection over union.</summary>
    public double? ClassIoU { get; init; }

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
                    $"{"Kernel distance", -18} {kernel:0.00000} +- {KernelDeviation:0.00000} "
                        + $"({KernelSubsets} x {KernelSubsetSize})"
                )
            );
        if (FeatureProtocol is { } protocol)
            lines.Add($"{"Features", -18} {protocol}");
        if (PixelAccuracy is { } pixels)
            lines.Add(Line("Pixel accuracy", pixels, "0.000"));
        if (ClassAccuracy is { } classes)
            lines.Add(Line("Class accuracy", classes, "0.000"));
        if (ClassIoU is { } overlap)
            lines.Add(Line("Class IoU", overlap, "0.000"));
        return string.Join(Environment.NewLine, lines);
    }

    private static string Line(string name, IFormattable value, string format) =>
        $"{name, -18} {value.ToString(format, CultureInfo.InvariantCulture)}";
}

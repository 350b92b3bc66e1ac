using MlNetImageTranslation.Evaluation;

namespace MlNetImageTranslation.Cli;

/// <summary>The score by which the snapshots of a run are ordered.</summary>
internal static class EvaluationMetric
{
    public static readonly string[] Names = ["l1", "psnr", "ssim", "frechet", "kernel"];

    /// <summary>
    /// The score that chooses where none was named; checks one that was. Null where unpaired images have no score and
    /// are shown in a report.
    /// </summary>
    /// <exception cref="UserError">Unpaired images do not have that score, or it needs a feature network.</exception>
    public static string? Choose(string? name, bool isPaired, ImageTranslationEvaluationOptions options, bool hasReport)
    {
        if (!isPaired)
            UnpairedImages.Check(options, hasReport);
        if (name is null && !isPaired && options.Features is null)
            return null;
        name ??= isPaired ? "l1" : "frechet";
        bool byFeatures = name is "frechet" or "kernel";
        if (byFeatures && options.Features is null)
            throw new UserError($"--by {name} needs --features.");
        if (!byFeatures && !isPaired)
            throw new UserError(
                $"--by {name} needs targets of the same scenes; these images are unpaired: frechet or kernel."
            );
        return name;
    }

    /// <summary>A number that is smaller for better translations.</summary>
    public static double Cost(string name, ImageTranslationMetrics metrics) =>
        name switch
        {
            "l1" => metrics.L1,
            "psnr" => -metrics.Psnr,
            "ssim" => -metrics.Ssim,
            "frechet" => metrics.FrechetDistance!.Value,
            "kernel" => metrics.KernelDistance!.Value,
            _ => throw new ArgumentOutOfRangeException(
                nameof(name),
                name,
                $"Expected one of {string.Join(", ", Names)}."
            ),
        };
}

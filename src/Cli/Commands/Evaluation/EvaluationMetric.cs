using MlNetImageTranslation.Cli.Infrastructure;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Cli.Commands.Evaluation;

/// <summary>The score by which the snapshots of a run are ordered.</summary>
internal static class EvaluationMetric
{
    public static readonly string[] Names = ["l1", "psnr", "ssim", "frechet", "kernel"];

    /// <summary>A number that is smaller for better translations.</summary>
    public static double Cost(string name, ImageTranslationMetrics metrics) => name switch
    {
        "l1" => metrics.L1,
        "psnr" => -metrics.Psnr,
        "ssim" => -metrics.Ssim,
        "frechet" => metrics.FrechetDistance ?? throw new UserError("--by frechet needs --features."),
        "kernel" => metrics.KernelDistance?.Mean ?? throw new UserError("--by kernel needs --features."),
        _ => throw new UserError($"--by must be one of {string.Join(", ", Names)}; got '{name}'."),
    };
}

using MlNetImageTranslation.Evaluation;
using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Cli;

/// <summary>
/// Scores translated images against real ones of other scenes: only distances of distributions compare them.
/// </summary>
internal static class UnpairedImages
{
    /// <exception cref="UserError">There is no feature network, FCN-scores were asked for, or there are too few
    /// images.</exception>
    public static ImageTranslationMetrics Evaluate(
        IEnumerable<RgbImage> translated,
        IEnumerable<RgbImage> targets,
        ImageTranslationEvaluationOptions options,
        CancellationToken cancellationToken
    )
    {
        Check(options);
        using var evaluator = new ImageTranslationEvaluator(options);
        foreach (var image in translated)
        {
            cancellationToken.ThrowIfCancellationRequested();
            evaluator.AddTranslated(image);
        }
        foreach (var image in targets)
        {
            cancellationToken.ThrowIfCancellationRequested();
            evaluator.AddTarget(image);
        }
        return Complete(evaluator);
    }

    /// <summary>Whether the options fit images without targets.</summary>
    /// <exception cref="UserError">They do not.</exception>
    public static void Check(ImageTranslationEvaluationOptions options)
    {
        if (options.Features is null)
            throw new UserError(
                "Translated images and targets are of other scenes, so that L1, PSNR and SSIM say nothing: "
                    + "--features FILE.onnx gives the Fréchet and the kernel distance."
            );
        if (options.Segmentation is not null)
            throw new UserError("--palette compares images of the same scenes; these are of other scenes.");
    }

    /// <summary>The scores; too few images for distances are the caller's mistake.</summary>
    public static ImageTranslationMetrics Complete(ImageTranslationEvaluator evaluator)
    {
        try
        {
            return evaluator.Complete();
        }
        catch (InvalidOperationException exception)
        {
            throw new UserError(exception.Message);
        }
    }
}

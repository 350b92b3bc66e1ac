using MlNetImageTranslation.Cli.Infrastructure;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Cli.Commands.Evaluation;

/// <summary>Scores translated pictures against real ones of other scenes: only distances of distributions compare them.</summary>
internal static class UnpairedPictures
{
    /// <exception cref="UserError">There is no feature network, FCN-scores were asked for, or there are too few pictures.</exception>
    public static ImageTranslationMetrics Evaluate(IEnumerable<RgbImage> translated, IEnumerable<RgbImage> targets, ImageTranslationEvaluationOptions options, CancellationToken cancellation)
    {
        Check(options);
        using var evaluator = new ImageTranslationEvaluator(options);
        foreach (var picture in translated)
        {
            cancellation.ThrowIfCancellationRequested();
            evaluator.AddTranslated(picture);
        }
        foreach (var picture in targets)
        {
            cancellation.ThrowIfCancellationRequested();
            evaluator.AddTarget(picture);
        }
        return Complete(evaluator);
    }

    /// <summary>Whether the options fit pictures without targets.</summary>
    /// <exception cref="UserError">They do not.</exception>
    public static void Check(ImageTranslationEvaluationOptions options)
    {
        if (options.Features is null) throw new UserError("Translated pictures and targets are of other scenes, so that L1, PSNR and SSIM say nothing: --features FILE.onnx gives the Fréchet and the kernel distance.");
        if (options.Segmentation is not null) throw new UserError("--palette compares pictures of the same scenes; these are of other scenes.");
    }

    /// <summary>The scores; too few pictures for distances are the caller's mistake.</summary>
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

using MlNetImageTranslation.Evaluation;
using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Cli;

/// <summary>
/// Scores translated images that have no targets of the same scenes: only distances of distributions compare them with
/// real ones.
/// </summary>
internal static class UnpairedImages
{
    /// <summary>
    /// Scores translated images against real ones of other scenes, which are not read without a feature network, and
    /// shows them in a report, beside what a second model made of them where there is one.
    /// </summary>
    /// <param name="count">How many translated images there are.</param>
    /// <param name="translated">Their names, sources, the images, and what a second model made of them.</param>
    /// <param name="targets">Files of real images.</param>
    /// <param name="options">What is measured.</param>
    /// <param name="report">Shows the images, or null.</param>
    /// <param name="output">Where scores are printed.</param>
    /// <param name="cancellationToken">Stops between two images.</param>
    /// <exception cref="UserError">There is neither a feature network nor a report, or FCN-scores were asked
    /// for.</exception>
    public static ImageTranslationMetrics Evaluate(
        int count,
        IEnumerable<(string Name, RgbImage? Source, RgbImage Translated, RgbImage? Cycle)> translated,
        IReadOnlyList<string> targets,
        ImageTranslationEvaluationOptions options,
        TranslationReport? report,
        TextWriter output,
        CancellationToken cancellationToken
    )
    {
        Check(options, report is not null);
        return EvaluationProgress.Run(
            output,
            options.Features is null ? count : count + targets.Count,
            progress => Evaluate(translated, targets, options, report, progress, cancellationToken)
        );
    }

    private static ImageTranslationMetrics Evaluate(
        IEnumerable<(string Name, RgbImage? Source, RgbImage Translated, RgbImage? Cycle)> translated,
        IReadOnlyList<string> targets,
        ImageTranslationEvaluationOptions options,
        TranslationReport? report,
        EvaluationProgress progress,
        CancellationToken cancellationToken
    )
    {
        using var evaluator = new ImageTranslationEvaluator(options);
        foreach (var scene in translated)
        {
            cancellationToken.ThrowIfCancellationRequested();
            evaluator.AddTranslated(scene.Translated);
            if (report is not null)
                Show(report, scene.Name, scene.Source, scene.Translated, scene.Cycle);
            progress.Next();
        }
        if (options.Features is not null)
            foreach (string file in targets)
            {
                cancellationToken.ThrowIfCancellationRequested();
                evaluator.AddTarget(ImageDecoder.Decode(file));
                progress.Next();
            }
        return evaluator.Complete();
    }

    /// <summary>Whether the options fit images without targets.</summary>
    /// <exception cref="UserError">They do not.</exception>
    public static void Check(ImageTranslationEvaluationOptions options, bool hasReport)
    {
        if (options.Palette is not null)
            throw new UserError("--palette compares images of the same scenes; these are of other scenes.");
        if (options.Features is null && !hasReport)
            throw new UserError(
                "Translated images and targets are of other scenes, so that L1, PSNR and SSIM say nothing: "
                    + "--features FILE.onnx gives the Fréchet and the kernel distance, and --report FILE.html shows "
                    + "the images."
            );
    }

    private static void Show(
        TranslationReport report,
        string name,
        RgbImage? source,
        RgbImage translated,
        RgbImage? cycle
    )
    {
        var shown = new List<(string, RgbImage)>();
        if (source is not null)
            shown.Add(("Source", source));
        shown.Add(("Translated", translated));
        if (cycle is null || source is null)
        {
            report.Add(name, shown);
            return;
        }
        shown.Add(("Cycle", cycle));
        if (cycle.Width != source.Width || cycle.Height != source.Height)
        {
            report.Add(name, shown);
            return;
        }
        var scores = ImageScores.Of(cycle, source);
        report.Add(name, shown, [("Cycle L1", scores.L1), ("Cycle PSNR", scores.Psnr), ("Cycle SSIM", scores.Ssim)]);
    }
}

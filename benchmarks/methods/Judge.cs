using MlNetImageTranslation.Evaluation;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Benchmarks.Methods;

/// <summary>
/// Scores translations of the test scenes. A label image counts by the nearest colours of the palette. A photo is turned
/// into a label image first, by a network that learned this from real pairs (the FCN of FCN-scores).
/// </summary>
internal sealed class Judge(Arguments arguments, Scenes test, string segmenter) : IDisposable
{
    private readonly TranslationEngine _segmenter = new(segmenter, arguments.Engine);

    /// <summary>Scores translations, one for each test scene.</summary>
    public Scores Score(string method, Direction direction, IReadOnlyList<RgbImage> translated, double? seconds)
    {
        bool photos = direction == Direction.LabelsToPhoto;
        var images = Evaluate(
            translated,
            photos ? test.Photos : test.Labels,
            new() { Features = arguments.Features is { } file ? new() { ModelFile = file } : null, KernelSubsets = 1 }
        );
        var classes = Evaluate(
            photos ? _segmenter.Translate(translated) : translated,
            test.Labels,
            new() { Palette = SceneLabels.Palette }
        );
        return new(
            method,
            direction,
            classes.PixelAccuracy!.Value,
            classes.ClassAccuracy!.Value,
            classes.ClassIoU!.Value,
            images.L1,
            images.Ssim,
            images.FrechetDistance,
            seconds
        );
    }

    public void Dispose() => _segmenter.Dispose();

    private static ImageTranslationMetrics Evaluate(
        IReadOnlyList<RgbImage> images,
        IReadOnlyList<RgbImage> targets,
        ImageTranslationEvaluationOptions options
    )
    {
        using var evaluator = new ImageTranslationEvaluator(options);
        for (int i = 0; i < images.Count; i++)
        {
            evaluator.Add($"scene {i + 1}", images[i], targets[i]);
        }

        return evaluator.Complete();
    }
}

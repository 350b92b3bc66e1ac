using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Evaluation;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Trainer;

namespace MlNetImageTranslation.Cli;

/// <summary>
/// What is scored: finished translations beside their targets, or pairs whose source a model translates now.
/// </summary>
internal sealed class EvaluatedPairs
{
    private readonly IReadOnlyList<string> _names;
    private readonly Func<int, Scene> _load;

    private EvaluatedPairs(IReadOnlyList<string> names, Func<int, Scene> load)
    {
        _names = names;
        _load = load;
    }

    /// <summary>
    /// Images of the same names in two folders (and in a third, of sources), paired as in a dataset. There may be more
    /// targets and sources than translations; the output says so.
    /// </summary>
    public static EvaluatedPairs FromFolders(string translated, string target, string? source, TextWriter output)
    {
        var pairs = ImagePairs.FromFolders(translated, target, allowUnusedB: true);
        var sources = source is null ? null : ImagePairs.FromFolders(translated, source, allowUnusedB: true);
        if (pairs.DescribeLeftOut(target) is { } line)
            output.WriteLine(line);
        return new(
            [.. Enumerable.Range(0, pairs.Count).Select(Name)],
            i =>
            {
                var (result, expected) = pairs.Load(i);
                return new(sources is null ? null : ImageDecoder.Decode(sources.FilesOf(i)[1]), result, expected);
            }
        );

        string Name(int i) => Path.ChangeExtension(Path.GetRelativePath(translated, pairs.NameOf(i)), null);
    }

    /// <summary>
    /// Pairs whose one side a model translates, with the instance image of its name where there are such.
    /// </summary>
    public static EvaluatedPairs FromModel(
        EvaluatedModel model,
        ImagePairs pairs,
        TranslationDirection direction,
        int? limit,
        InstanceFolder? instances
    )
    {
        int count = Math.Min(pairs.Count, limit ?? int.MaxValue);
        return new(
            [.. Enumerable.Range(0, count).Select(i => Path.GetFileName(pairs.NameOf(i)))],
            i =>
            {
                var (a, b) = pairs.Load(i);
                var (source, target) = direction == TranslationDirection.AtoB ? (a, b) : (b, a);
                return new(source, model.Translate(pairs.NameOf(i), source, InstancesOf(i)), target);
            }
        );

        RgbImage? InstancesOf(int i)
        {
            if (instances is null)
                return null;
            var files = pairs.FilesOf(i);
            return ImageDecoder.DecodeInstances(
                instances.FileOf(direction == TranslationDirection.AtoB ? files[0] : files[^1])
            );
        }
    }

    /// <summary>Scores all of them, and shows them in a report.</summary>
    public ImageTranslationMetrics Evaluate(
        ImageTranslationEvaluationOptions options,
        TranslationReport? report,
        TextWriter output,
        CancellationToken cancellationToken
    ) =>
        EvaluationProgress.Run(
            output,
            _names.Count,
            progress => Evaluate(options, report, progress, cancellationToken)
        );

    private ImageTranslationMetrics Evaluate(
        ImageTranslationEvaluationOptions options,
        TranslationReport? report,
        EvaluationProgress progress,
        CancellationToken cancellationToken
    )
    {
        using var evaluator = new ImageTranslationEvaluator(options);
        for (int i = 0; i < _names.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (source, translated, target) = _load(i);
            if (evaluator.NeedsLabels && source is null)
                throw new UserError(
                    "--segmentation compares with the label images that were translated: name their folder by --source."
                );
            var scores = evaluator.Add(_names[i], translated, target, evaluator.NeedsLabels ? source : null);
            progress.Next();
            if (report is null)
                continue;
            var shown = new List<(string, RgbImage)> { ("Translated", translated), ("Target", target) };
            if (source is not null)
                shown.Insert(0, ("Source", source));
            report.Add(_names[i], shown, [("L1", scores.L1), ("PSNR", scores.Psnr), ("SSIM", scores.Ssim)]);
        }
        return evaluator.Complete();
    }

    private sealed record Scene(RgbImage? Source, RgbImage Translated, RgbImage Target);
}

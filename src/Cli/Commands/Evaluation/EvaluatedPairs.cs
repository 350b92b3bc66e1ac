using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Evaluation;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Trainer;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Cli;

/// <summary>
/// What is scored: finished translations beside their targets, or pairs whose source an engine translates now.
/// </summary>
internal sealed class EvaluatedPairs
{
    private readonly IReadOnlyList<string> _names;
    private readonly Func<int, EvaluatedImages> _load;

    private EvaluatedPairs(IReadOnlyList<string> names, Func<int, EvaluatedImages> load) =>
        (_names, _load) = (names, load);

    public int Count => _names.Count;

    /// <summary>Images of the same names in two folders (and in a third, of sources).</summary>
    public static EvaluatedPairs FromFolders(string translated, string target, string? source)
    {
        var results = Names(translated);
        Dictionary<string, string> targets = Names(target).ToDictionary(),
            sources = source is null ? [] : Names(source).ToDictionary();
        foreach (var (name, file) in results)
        {
            if (!targets.ContainsKey(name))
                throw new UserError($"'{file}' has no target of the same name in '{target}'.");
            if (source is not null && !sources.ContainsKey(name))
                throw new UserError($"'{file}' has no source of the same name in '{source}'.");
        }
        return new(
            [.. results.Select(r => r.Key)],
            i =>
                new(
                    source is null ? null : ImageDecoder.Decode(sources[results[i].Key]),
                    ImageDecoder.Decode(results[i].Value),
                    ImageDecoder.Decode(targets[results[i].Key])
                )
        );
    }

    /// <summary>Pairs whose one side an engine translates.</summary>
    public static EvaluatedPairs FromModel(
        TranslationEngine engine,
        ImagePairs pairs,
        TranslationDirection direction,
        int? limit
    )
    {
        int count = Math.Min(pairs.Count, limit ?? int.MaxValue);
        return new(
            [.. Enumerable.Range(0, count).Select(i => Path.GetFileName(pairs.NameOf(i)))],
            i =>
            {
                var (a, b) = pairs.Load(i);
                var (source, target) = direction == TranslationDirection.AtoB ? (a, b) : (b, a);
                return new(source, engine.Translate(source), target);
            }
        );
    }

    /// <summary>Scores all of them.</summary>
    public ImageTranslationMetrics Evaluate(
        ImageTranslationEvaluationOptions options,
        CancellationToken cancellationToken
    )
    {
        using var evaluator = new ImageTranslationEvaluator(options);
        for (int i = 0; i < Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (source, translated, target) = _load(i);
            if (evaluator.NeedsLabels && source is null)
                throw new UserError(
                    "--segmentation compares with the label images that were translated: name their folder by --source."
                );
            evaluator.Add(_names[i], translated, target, evaluator.NeedsLabels ? source : null);
        }
        return UnpairedImages.Complete(evaluator);
    }

    /// <summary>The images of a name again.</summary>
    public EvaluatedImages Load(string name) => _load(_names.ToList().IndexOf(name));

    private static List<KeyValuePair<string, string>> Names(string folder)
    {
        var files = ImageFolder
            .List(folder, recursive: true)
            .Select(file => KeyValuePair.Create(Path.ChangeExtension(Path.GetRelativePath(folder, file), null), file))
            .ToList();
        foreach (var group in files.GroupBy(file => file.Key).Where(group => group.Count() > 1))
            throw new UserError(
                $"'{folder}' has two images named '{group.Key}': "
                    + $"{string.Join(", ", group.Select(file => Path.GetFileName(file.Value)))}."
            );
        return files;
    }
}

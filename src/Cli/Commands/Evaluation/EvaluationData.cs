using MlNetImageTranslation.Cli.Infrastructure;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Trainer;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Cli.Commands.Evaluation;

/// <summary>What a run is scored on: validation or test pairs, or two piles of pictures.</summary>
internal sealed class EvaluationData
{
    private static readonly string[] Phases = ["val", "test", "train"];
    private readonly PicturePairs? _pairs;
    private readonly TranslationDirection _direction;
    private readonly int? _limit;
    private readonly IReadOnlyList<string> _sources = [], _targets = [];

    private EvaluationData(PicturePairs pairs, TranslationDirection direction, int? limit) => (_pairs, _direction, _limit) = (pairs, direction, limit);

    private EvaluationData(IReadOnlyList<string> sources, IReadOnlyList<string> targets) => (_sources, _targets) = (sources, targets);

    public string Description => _pairs is null
        ? $"{_sources.Count} pictures, compared with {_targets.Count} of the other kind"
        : $"{Math.Min(_pairs.Count, _limit ?? int.MaxValue)} pairs";

    /// <summary>Finds them in a data set's folder.</summary>
    public static EvaluationData Open(string folder, TranslationDirection direction, int? limit)
    {
        try
        {
            foreach (var phase in Phases)
                if (PicturePairs.TryFromDataSet(folder, phase) is { } pairs) return new(pairs, direction, limit);
        }
        catch (InvalidDataException)
        {
            // Two folders whose pictures are not of the same names: two piles.
        }
        foreach (var phase in Phases)
        {
            var (a, b) = (Path.Combine(folder, phase + "A"), Path.Combine(folder, phase + "B"));
            if (!Directory.Exists(a) || !Directory.Exists(b)) continue;
            var (sources, targets) = direction == TranslationDirection.AtoB ? (a, b) : (b, a);
            return new(Limited(ImageFolder.List(sources), limit), ImageFolder.List(targets));
        }
        throw new UserError($"'{folder}' holds neither picture pairs nor folders such as testA and testB.");
    }

    /// <summary>Translates and scores them.</summary>
    public ImageTranslationMetrics Evaluate(TranslationEngine engine, ImageTranslationEvaluationOptions options, CancellationToken cancellation)
    {
        if (_pairs is not null) return EvaluatedPairs.FromModel(engine, _pairs, _direction, _limit).Evaluate(options, cancellation);
        if (options.Features is null || options.Segmentation is not null) throw new UserError("Pictures without targets of the same scene need --features (and take no --palette); choose by --by frechet or kernel.");
        using var evaluator = new ImageTranslationEvaluator(options);
        foreach (var file in _sources)
        {
            cancellation.ThrowIfCancellationRequested();
            evaluator.AddTranslated(engine.Translate(ImageDecoder.Decode(file)));
        }
        foreach (var file in _targets)
        {
            cancellation.ThrowIfCancellationRequested();
            evaluator.AddTarget(ImageDecoder.Decode(file));
        }
        return evaluator.Complete();
    }

    private static IReadOnlyList<string> Limited(IReadOnlyList<string> files, int? limit) => limit is { } count && count < files.Count ? [.. files.Take(count)] : files;
}

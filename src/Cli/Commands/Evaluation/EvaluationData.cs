using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Evaluation;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Trainer;

namespace MlNetImageTranslation.Cli;

/// <summary>What a run is scored on: validation or test pairs, or two unpaired image sets.</summary>
internal sealed class EvaluationData
{
    private static readonly string[] Phases = ["val", "test", "train"];
    private readonly ImagePairs? _pairs;
    private readonly TranslationDirection _direction;
    private readonly int? _limit;
    private readonly IReadOnlyList<string> _sources = [],
        _targets = [];

    private InstanceFolder? _instances;

    private EvaluationData(ImagePairs pairs, TranslationDirection direction, int? limit)
    {
        _pairs = pairs;
        _direction = direction;
        _limit = limit;
    }

    private EvaluationData(IReadOnlyList<string> sources, IReadOnlyList<string> targets)
    {
        _sources = sources;
        _targets = targets;
    }

    /// <summary>Whether every translation has a target of the same scene.</summary>
    public bool IsPaired => _pairs is not null;

    public string Description =>
        _pairs is null
            ? $"{Counted.Of(_sources.Count, "image")}, compared with {_targets.Count} of the other kind"
            : Counted.Of(Math.Min(_pairs.Count, _limit ?? int.MaxValue), "pair");

    /// <summary>
    /// Finds them in a dataset's folder. Images of the same names in two folders are pairs, unless
    /// <paramref name="unpaired"/> says that they are not. The instance images of sources are in
    /// <paramref name="instances"/>, or in its sub-folder of the same phase.
    /// </summary>
    public static EvaluationData Open(
        string folder,
        TranslationDirection direction,
        int? limit,
        bool unpaired,
        string? instances
    )
    {
        if (!unpaired && Pairs(folder) is var (pairs, pairPhase))
            return new(pairs, direction, limit) { _instances = InstancesOf(pairPhase) };
        var files = DatasetTools.FindFiles(folder);
        foreach (var phase in Phases)
            if (files.TryGetValue(phase + "A", out var a) && files.TryGetValue(phase + "B", out var b))
            {
                var data = FromFiles(a, b, direction, limit);
                data._instances = InstancesOf(phase);
                return data;
            }
        throw new UserError(
            unpaired
                ? $"'{folder}' holds no folders such as testA and testB."
                : $"'{folder}' holds neither image pairs nor folders such as testA and testB."
        );

        InstanceFolder? InstancesOf(string phase) =>
            instances is null ? null : InstanceFolder.OfPhase(instances, phase);
    }

    /// <summary>Two sets of images, A and B.</summary>
    public static EvaluationData FromFiles(
        IReadOnlyList<string> a,
        IReadOnlyList<string> b,
        TranslationDirection direction,
        int? limit
    )
    {
        var (sources, targets) = direction == TranslationDirection.AtoB ? (a, b) : (b, a);
        return new(limit is { } count && count < sources.Count ? [.. sources.Take(count)] : sources, targets);
    }

    /// <summary>
    /// Translates and scores them, and shows them in a report; <paramref name="back"/>, the model of the other
    /// direction, makes the cycles of unpaired images there.
    /// </summary>
    public ImageTranslationMetrics Evaluate(
        EvaluatedModel model,
        EvaluatedModel? back,
        ImageTranslationEvaluationOptions options,
        TranslationReport? report,
        TextWriter output,
        CancellationToken cancellationToken
    )
    {
        model.CheckInstances(_instances is not null);
        if (_pairs is not null)
            return EvaluatedPairs
                .FromModel(model, _pairs, _direction, _limit, _instances)
                .Evaluate(options, report, output, cancellationToken);
        return UnpairedImages.Evaluate(
            _sources.Count,
            _sources.Select(file =>
            {
                var source = ImageDecoder.Decode(file);
                var instances = _instances is null ? null : ImageDecoder.DecodeInstances(_instances.FileOf(file));
                var translated = model.Translate(file, source, instances);
                var cycle = report is null ? null : back?.Translate(file, translated);
                return (Path.GetFileName(file), (RgbImage?)source, translated, cycle);
            }),
            _targets,
            options,
            report,
            output,
            cancellationToken
        );
    }

    private static (ImagePairs Pairs, string Phase)? Pairs(string folder)
    {
        try
        {
            foreach (string phase in Phases)
                if (ImagePairs.TryFromDataSet(folder, phase) is { } pairs)
                    return (pairs, phase);
            return null;
        }
        catch (InvalidDataException)
        {
            // Two folders whose images are not of the same names: two sets.
            return null;
        }
    }
}

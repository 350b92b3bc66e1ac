using System.Text.Json.Nodes;
using MlNetImageTranslation.Evaluation;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Trainer;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Cli;

/// <summary>The three kinds of evaluation: of a run, of a model, and of images that are translated already.</summary>
internal sealed class EvaluationWork(
    ImageTranslationEvaluationOptions options,
    TextWriter output,
    CancellationToken cancellationToken
)
{
    /// <summary>Whether images of the same names are no pairs.</summary>
    public bool IsUnpaired { get; init; }

    /// <summary>No more images than these are translated.</summary>
    public int? Limit { get; init; }

    /// <summary>The folder of instance images, for models that read them; null for none, or the run's own.</summary>
    public string? Instances { get; init; }

    /// <summary>The direction of a model, or of a run's first generator; null for AtoB, or the run's own.</summary>
    public TranslationDirection? Direction { get; init; }

    /// <summary>The page to write, or null.</summary>
    public string? ReportFile { get; init; }

    /// <summary>Scores every snapshot of a run.</summary>
    public JsonObject OfRun(string run, string? data, string? by, TranslationEngineOptions engine)
    {
        using var report = Report(run);
        var scores = RunEvaluation.Run(
            new(run, data, Instances, Direction, IsUnpaired, by, Limit, engine),
            options,
            report,
            output,
            cancellationToken
        );
        Save(report);
        return scores;
    }

    /// <summary>Translates the images of a dataset by a model and scores them.</summary>
    public JsonObject OfModel(string model, string data, TranslationEngineOptions engine)
    {
        using var loaded = EngineArguments.Load(model, engine);
        var images = EvaluationData.Open(data, Direction ?? TranslationDirection.AtoB, Limit, IsUnpaired, Instances);
        using var report = Report(model);
        return Finish(
            images.Evaluate(new(Path.GetFileName(model), loaded), null, options, report, output, cancellationToken),
            report
        );
    }

    /// <summary>Scores translated images.</summary>
    public JsonObject OfFolders(string translated, string target, string? source)
    {
        if (!IsUnpaired)
        {
            var pairs = EvaluatedPairs.FromFolders(translated, target, source, output);
            using var paired = Report(translated);
            return Finish(pairs.Evaluate(options, paired, output, cancellationToken), paired);
        }
        var sources = source is null ? [] : NamedImages.In(source).ToDictionary();
        using var report = Report(translated);
        var named = NamedImages.In(translated);
        var images = named.Select(image =>
            (
                image.Key,
                report is not null && sources.TryGetValue(image.Key, out var file) ? ImageDecoder.Decode(file) : null,
                ImageDecoder.Decode(image.Value),
                (RgbImage?)null
            )
        );
        var targets = ImageDecoder.ListFiles(target, recursive: true);
        return Finish(
            UnpairedImages.Evaluate(named.Count, images, targets, options, report, output, cancellationToken),
            report
        );
    }

    private TranslationReport? Report(string subject) =>
        ReportFile is { } file
            ? new(file, $"Evaluation of {Path.GetFileName(Path.TrimEndingDirectorySeparator(subject))}")
            : null;

    private JsonObject Finish(ImageTranslationMetrics metrics, TranslationReport? report)
    {
        report?.AddMetrics(metrics);
        output.WriteLine(metrics);
        Save(report);
        return MetricsJson.Create(metrics, withImages: true);
    }

    private void Save(TranslationReport? report)
    {
        if (report is null)
            return;
        report.Save();
        output.WriteLine($"Report: {ReportFile}");
    }
}

using System.Text.Json.Nodes;
using MlNetImageTranslation.Evaluation;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Trainer;

namespace MlNetImageTranslation.Cli;

/// <summary>Scores every snapshot of every generator of a run and marks the best.</summary>
internal static class RunEvaluation
{
    public const string FileName = "evaluation.json";

    /// <summary>
    /// Scores them, prints a line for each and writes <see cref="FileName"/> into the run's folder. A report shows the
    /// images of the best snapshot of each generator. Without a score to choose by (unpaired images and no feature
    /// network) it shows those of the last one.
    /// </summary>
    /// <returns>What was written.</returns>
    public static JsonObject Run(
        RunEvaluationRequest request,
        ImageTranslationEvaluationOptions options,
        TranslationReport? report,
        TextWriter output,
        CancellationToken cancellationToken
    )
    {
        var recorded = ReadOptions(request.Run);
        // Before anything else is asked of the data: no option makes this run one that can be scored.
        if (RecordedRun.Find(request.Run) is { IsCoGan: true })
            throw new UserError(
                $"Run '{request.Run}' is one of CoGAN, which has no generator from image to image to score. Translate "
                    + $"images by 'imt translate --model {request.Run}', then score them by 'imt evaluate --translated'."
            );
        var forward =
            request.Direction
            ?? (
                Enum.TryParse<TranslationDirection>(
                    Text(recorded, "direction")?.Replace("-", "", StringComparison.Ordinal),
                    ignoreCase: true,
                    out var own
                )
                    ? own
                    : TranslationDirection.AtoB
            );
        var generators = new JsonObject();
        string? chosenBy = null;
        var names = new RunFolder(request.Run).FindGenerators();
        foreach (var name in names)
        {
            // CycleGAN's second generator goes the other way.
            bool back = name.EndsWith("_ba", StringComparison.Ordinal);
            var data = Data(
                request,
                recorded,
                back == (forward == TranslationDirection.AtoB) ? TranslationDirection.BtoA : TranslationDirection.AtoB
            );
            chosenBy = EvaluationMetric.Choose(request.By, data.IsPaired, options, report is not null);
            var other = names.Count == 2 ? names.Single(found => found != name) : null;
            generators[name] = new GeneratorEvaluation(request, name, other, data, options, output).Run(
                chosenBy,
                report,
                cancellationToken
            );
        }
        var json = new JsonObject { ["by"] = chosenBy, ["generators"] = generators };
        AtomicFile.WriteText(Path.Combine(request.Run, FileName), json.ToJsonString(MetricsJson.Settings) + "\n");
        return json;
    }

    private static EvaluationData Data(RunEvaluationRequest request, JsonNode? recorded, TranslationDirection way)
    {
        if ((request.Data ?? Text(recorded, "dataFolder")) is { } folder)
            return EvaluationData.Open(
                folder,
                way,
                request.Limit,
                request.Unpaired,
                request.Instances ?? Text(recorded, "instanceFolder")
            );
        // A run on two folders: sets that were trained on, for want of others.
        return Text(recorded, "sourceFolder") is { } a && Text(recorded, "targetFolder") is { } b
            ? EvaluationData.FromFiles(ImageDecoder.ListFiles(a), ImageDecoder.ListFiles(b), way, request.Limit)
            : throw new UserError($"Run '{request.Run}' does not say where its data is; name it by --data.");
    }

    private static JsonNode? ReadOptions(string run)
    {
        var folder = new RunFolder(run);
        folder.RequireRun();
        return JsonNode.Parse(RegularFile.ReadText(folder.Options))?["options"];
    }

    private static string? Text(JsonNode? options, string name) =>
        (options as JsonObject)?[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}

using System.Globalization;
using System.Text.Json.Nodes;
using MlNetImageTranslation.Evaluation;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Trainer;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Cli;

/// <summary>Scores every snapshot of every generator of a run and marks the best.</summary>
internal static class RunEvaluation
{
    public const string FileName = "evaluation.json";

    /// <summary>Scores them, prints a line for each and writes <see cref="FileName"/> into the run's folder.</summary>
    /// <returns>What was written.</returns>
    public static JsonObject Run(
        RunEvaluationRequest request,
        ImageTranslationEvaluationOptions options,
        TextWriter output,
        CancellationToken cancellationToken
    )
    {
        var recorded = ReadOptions(request.Run);
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
        foreach (var name in RunExporter.GeneratorNames(request.Run))
        {
            // CycleGAN's second generator goes the other way.
            bool back = name.EndsWith("_ba", StringComparison.Ordinal);
            var data = Data(
                request,
                recorded,
                back == (forward == TranslationDirection.AtoB) ? TranslationDirection.BtoA : TranslationDirection.AtoB
            );
            chosenBy = EvaluationMetric.Choose(request.By, data.IsPaired, options);
            generators[name] = Evaluate(request.Run, name, data, chosenBy, options, output, cancellationToken);
        }
        var json = new JsonObject { ["by"] = chosenBy, ["generators"] = generators };
        File.WriteAllText(Path.Combine(request.Run, FileName), json.ToJsonString(MetricsJson.Settings) + "\n");
        return json;
    }

    private static EvaluationData Data(RunEvaluationRequest request, JsonNode? recorded, TranslationDirection way)
    {
        if ((request.Data ?? Text(recorded, "dataFolder")) is { } folder)
            return EvaluationData.Open(folder, way, request.Limit, request.Unpaired);
        // A run on two folders: sets that were trained on, for want of others.
        return Text(recorded, "sourceFolder") is { } a && Text(recorded, "targetFolder") is { } b
            ? EvaluationData.FromFiles(ImageFolder.List(a), ImageFolder.List(b), way, request.Limit)
            : throw new UserError($"Run '{request.Run}' does not say where its data is; name it by --data.");
    }

    private static JsonObject Evaluate(
        string run,
        string name,
        EvaluationData data,
        string by,
        ImageTranslationEvaluationOptions options,
        TextWriter output,
        CancellationToken cancellationToken
    )
    {
        var epochs = Epochs(run, name);
        output.WriteLine($"{epochs.Count} snapshots of {name} on {data.Description}");
        var scores = new List<(string Epoch, ImageTranslationMetrics Metrics)>();
        var model = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".onnx");
        try
        {
            foreach (var epoch in epochs)
            {
                RunExporter.Export(run, model, epoch, generator: name);
                using var engine = new TranslationEngine(model);
                scores.Add((epoch, data.Evaluate(engine, options, cancellationToken)));
                output.WriteLine(Describe(epoch, scores[^1].Metrics));
            }
        }
        finally
        {
            File.Delete(model);
        }
        var best = scores.MinBy(score => EvaluationMetric.Cost(by, score.Metrics));
        output.WriteLine(
            $"Best by {by}: epoch {best.Epoch}  (imt export {run} --epoch "
                + $"{best.Epoch}{(name == "generator" ? "" : $" --generator {name}")})"
        );
        return new()
        {
            ["best"] = best.Epoch,
            ["snapshots"] = new JsonArray([
                .. scores.Select(score => (JsonNode)MetricsJson.Create(score.Metrics, "epoch", score.Epoch)),
            ]),
        };
    }

    private static IReadOnlyList<string> Epochs(string run, string generator)
    {
        var snapshots = new RunFolder(run).Snapshots;
        var prefix = generator + "-epoch-";
        var found = !Directory.Exists(snapshots)
            ? []
            : Directory
                .EnumerateFiles(snapshots, prefix + "*.safetensors")
                .Select(file =>
                    int.Parse(
                        Path.GetFileNameWithoutExtension(file)[prefix.Length..],
                        NumberStyles.None,
                        CultureInfo.InvariantCulture
                    )
                )
                .Order()
                .Select(number => number.ToString(CultureInfo.InvariantCulture))
                .ToList();
        return found.Count > 0 ? found : ["last"];
    }

    private static string Describe(string epoch, ImageTranslationMetrics metrics)
    {
        var line = $"epoch {epoch, 5}";
        if (metrics.PerImage.Count > 0)
            line += string.Create(
                CultureInfo.InvariantCulture,
                $"  L1 {metrics.L1, 7:0.000}  PSNR {metrics.Psnr, 6:0.000}  SSIM {metrics.Ssim:0.0000}"
            );
        if (metrics.FrechetDistance is { } distance)
            line += string.Create(
                CultureInfo.InvariantCulture,
                $"  Fréchet {distance:0.000}  kernel {metrics.KernelDistance!.Value.Mean:0.00000}"
            );
        return line;
    }

    private static JsonNode? ReadOptions(string run)
    {
        var file = new RunFolder(run).Options;
        if (!File.Exists(file))
            throw new UserError($"'{run}' is no run folder: it has no options.json.");
        return JsonNode.Parse(File.ReadAllText(file))?["options"];
    }

    private static string? Text(JsonNode? options, string name) =>
        (options as JsonObject)?[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}

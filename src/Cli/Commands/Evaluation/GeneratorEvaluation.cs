using System.Globalization;
using System.Text.Json.Nodes;
using MlNetImageTranslation.Evaluation;

namespace MlNetImageTranslation.Cli;

/// <summary>Scores the snapshots of one generator of a run.</summary>
/// <param name="request">The run.</param>
/// <param name="name">The generator.</param>
/// <param name="other">The generator of the other direction, or null where the run has one generator.</param>
/// <param name="data">What it translates.</param>
/// <param name="options">What is measured.</param>
/// <param name="output">Gets a line for each snapshot.</param>
internal sealed class GeneratorEvaluation(
    RunEvaluationRequest request,
    string name,
    string? other,
    EvaluationData data,
    ImageTranslationEvaluationOptions options,
    TextWriter output
)
{
    /// <summary>
    /// Scores the snapshots, chooses the best one and shows its images in a report. Where <paramref name="by"/> is
    /// null, the last snapshot is shown without a choice.
    /// </summary>
    public JsonObject Run(string? by, TranslationReport? report, CancellationToken cancellationToken)
    {
        var epochs = Epochs();
        if (by is null)
            return Show(epochs[^1], report!, cancellationToken);
        output.WriteLine($"{Counted.Of(epochs.Count, "snapshot")} of {name} on {data.Description}");
        var scores = new List<(string Epoch, ImageTranslationMetrics Metrics)>();
        foreach (var epoch in epochs)
        {
            using var snapshot = Open(name, epoch);
            scores.Add((epoch, data.Evaluate(snapshot.Model, null, options, null, output, cancellationToken)));
            output.WriteLine(Describe(epoch, scores[^1].Metrics));
        }
        var best = scores.MinBy(score => EvaluationMetric.Cost(by, score.Metrics));
        output.WriteLine(
            $"Best by {by}: epoch {best.Epoch}  (imt export {request.Run} --epoch "
                + $"{best.Epoch}{(name == "generator" ? "" : $" --generator {name}")} --output best.onnx)"
        );
        if (report is not null)
        {
            report.AddHeading($"{name}, epoch {best.Epoch}: the best snapshot by {by}");
            report.AddMetrics(best.Metrics);
            if (scores.Count > 1)
                report.AddTable(Columns(scores), scores.Select(Row), scores.IndexOf(best));
            AddImages(best.Epoch, report, cancellationToken);
        }
        return new()
        {
            ["best"] = best.Epoch,
            ["snapshots"] = new JsonArray([
                .. scores.Select(score => (JsonNode)MetricsJson.Create(score.Metrics, "epoch", score.Epoch)),
            ]),
        };
    }

    private JsonObject Show(string epoch, TranslationReport report, CancellationToken cancellationToken)
    {
        report.AddHeading(epoch == "last" ? $"{name}, the newest checkpoint" : $"{name}, epoch {epoch}");
        var metrics = AddImages(epoch, report, cancellationToken);
        output.WriteLine(
            $"{name}, epoch {epoch}: the report shows {Counted.Of(metrics.Images, "image")}. --features gives distances, "
                + "which choose the best snapshot."
        );
        return new() { ["best"] = null, ["snapshots"] = new JsonArray() };
    }

    private ImageTranslationMetrics AddImages(
        string epoch,
        TranslationReport report,
        CancellationToken cancellationToken
    )
    {
        using var snapshot = Open(name, epoch);
        using var back = data.IsPaired || other is null ? null : Open(other, epoch);
        // The distances are known by now.
        var metrics = data.Evaluate(
            snapshot.Model,
            back?.Model,
            data.IsPaired ? options : new(),
            report,
            output,
            cancellationToken
        );
        report.EndImages();
        return metrics;
    }

    private SnapshotModel Open(string generator, string epoch) => new(request.Run, generator, epoch, request.Engine);

    private IReadOnlyList<string> Epochs()
    {
        var snapshots = Path.Combine(request.Run, "snapshots");
        var prefix = name + "-epoch-";
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
                $"  Fréchet {distance:0.000}  kernel {metrics.KernelDistance:0.00000}"
            );
        if (metrics is { PixelAccuracy: { } pixels, ClassAccuracy: { } classes, ClassIoU: { } overlap })
            line += string.Create(
                CultureInfo.InvariantCulture,
                $"  pixel acc. {pixels:0.000}  class acc. {classes:0.000}  class IoU {overlap:0.000}"
            );
        return line;
    }

    private static string[] Columns(IReadOnlyList<(string Epoch, ImageTranslationMetrics Metrics)> scores) =>
        [
            "Epoch",
            .. scores[0].Metrics.PerImage.Count > 0 ? (string[])["L1", "PSNR", "SSIM"] : [],
            .. scores[0].Metrics.FrechetDistance is null ? (string[])[] : ["Fréchet", "Kernel"],
            .. scores[0].Metrics.PixelAccuracy is null
                ? (string[])[]
                : ["Pixel accuracy", "Class accuracy", "Class IoU"],
        ];

    private static string[] Row((string Epoch, ImageTranslationMetrics Metrics) score)
    {
        var row = new List<string> { score.Epoch };
        void Add(double value, string format) => row.Add(value.ToString(format, CultureInfo.InvariantCulture));
        if (score.Metrics.PerImage.Count > 0)
        {
            Add(score.Metrics.L1, "0.000");
            Add(score.Metrics.Psnr, "0.000");
            Add(score.Metrics.Ssim, "0.0000");
        }
        if (score.Metrics is { FrechetDistance: { } distance, KernelDistance: { } kernel })
        {
            Add(distance, "0.000");
            Add(kernel, "0.00000");
        }
        if (score.Metrics is { PixelAccuracy: { } pixels, ClassAccuracy: { } classes, ClassIoU: { } overlap })
        {
            Add(pixels, "0.000");
            Add(classes, "0.000");
            Add(overlap, "0.000");
        }
        return [.. row];
    }
}

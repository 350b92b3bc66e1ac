using System.CommandLine;
using System.Text.Json.Nodes;
using MlNetImageTranslation.Evaluation;
using MlNetImageTranslation.Trainer;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Cli;

/// <summary><c>imt evaluate</c>: scores translated images, a model on a dataset, or every snapshot of a run.</summary>
internal static class EvaluateCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var run = new Argument<string?>("RUN")
        {
            Description = "Run folder. Scores every snapshot and names the best.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var translated = new Option<string?>("--translated")
        {
            Description = "Translated images.",
            HelpName = "FOLDER",
        };
        var target = new Option<string?>("--target")
        {
            Description = "Target images, with the same names.",
            HelpName = "FOLDER",
        };
        var source = new Option<string?>("--source")
        {
            Description = "Source images, for the report and for --segmentation.",
            HelpName = "FOLDER",
        };
        var unpaired = new Option<bool>("--unpaired")
        {
            Description = "The targets show other scenes. Only the distances of --features are computed.",
        };
        var model = new Option<string?>("--model", "-m")
        {
            Description = "ONNX model to translate the images of --data with.",
            HelpName = "FILE",
        };
        var data = new Option<string?>("--data", "-d")
        {
            Description =
                "Dataset to score on: its val or test images, or the folder itself (default for RUN: its own).",
            HelpName = "FOLDER",
        };
        var instances = new InstanceOption(
            "FOLDER",
            "Instance images with the names of the source images, for models that read both (default for RUN: its own)."
        );
        var direction = new WordOption<TranslationDirection?>("--direction")
        {
            Description = "Direction to translate in (default: AtoB; for RUN, its own).",
        };
        var limit = new Option<int?>("--limit") { Description = "Score at most N images." };
        var by = new Option<string?>("--by")
        {
            Description = "Metric that chooses the best snapshot (default: l1; frechet if there are no pairs).",
        };
        by.AcceptOnlyFromAmong(EvaluationMetric.Names);
        var features = new ImageNetworkArguments(
            "features",
            "ONNX network for the Fréchet and kernel distances (Inception gives FID and KID)."
        );
        var segmentation = new ImageNetworkArguments(
            "segmentation",
            "ONNX network that segments the translated photographs of a labels-to-photo model."
        );
        var palette = new Option<string?>("--palette")
        {
            Description = "Label classes for FCN-scores. One class a line: red green blue name.",
            HelpName = "FILE",
        };
        var report = new Option<string?>("--report")
        {
            Description = "Write an HTML page of all images, with a folder of images beside it.",
            HelpName = "FILE",
        };
        var json = new Option<string?>("--json")
        {
            Description = "Write all scores to a JSON file.",
            HelpName = "FILE",
        };
        var engine = new EngineArguments();
        var command = new ImtCommand(
            "evaluate",
            "Score translations: L1, PSNR, SSIM, FID, KID, FCN-scores.",
            "imt evaluate --model maps.onnx --data pairs --report report.html",
            "imt evaluate --translated out --target pairs/val/B",
            "imt evaluate runs/maps --by ssim",
            "imt evaluate --translated fake --target real --unpaired --features inception.onnx --features-size 299",
            "imt evaluate --model style.onnx --pixel-range 0..1 --data pairs"
        )
        {
            Notes =
                "L1 is on a scale of 0 to 255. Feature distances are comparable only if network, size, filter and number "
                + "of images are the same; they are printed with the distances.",
        }
            .With(run)
            .With(
                (ReadOnlySpan<Option>)
                    [
                        translated,
                        target,
                        source,
                        unpaired,
                        model,
                        data,
                        instances,
                        direction,
                        limit,
                        by,
                        palette,
                        report,
                        json,
                        .. features.Options,
                        .. segmentation.Options,
                        .. engine.All,
                    ]
            );
        command.SetAction(
            (parsed, cancellation) =>
            {
                if (parsed.GetValue(limit) is < 1)
                    throw new UserError("--limit must be 1 or more.");
                var options = new ImageTranslationEvaluationOptions
                {
                    Features = features.Read(parsed),
                    Palette = parsed.GetValue(palette) is { } colors ? LabelPalette.Load(colors) : null,
                    SegmentationNetwork = segmentation.Read(parsed),
                };
                if (options is { SegmentationNetwork: not null, Palette: null })
                    throw new UserError("--segmentation needs --palette.");
                var runFolder = parsed.GetValue(run);
                var modelFile = parsed.GetValue(model);
                if (runFolder is not null)
                    Unused.Refuse(parsed, "RUN is scored by its own generators", model, translated, target, source);
                else if (modelFile is not null)
                    Unused.Refuse(parsed, "--model translates the images of --data", translated, target, source, by);
                else
                    Unused.Refuse(
                        parsed,
                        "there is no model to run without RUN or --model",
                        [data, instances, direction, limit, by, .. engine.All]
                    );
                TranslationEngineOptions Engine() => engine.Read(parsed, TranslationScheduling.Latency);
                string Needed(Option<string?> option) =>
                    parsed.GetValue(option)
                    ?? throw new UserError(
                        $"{option.Name} is missing: give RUN, or --model and --data, or --translated and --target."
                    );
                var work = new EvaluationWork(options, parsed.InvocationConfiguration.Output, cancellation)
                {
                    IsUnpaired = parsed.GetValue(unpaired),
                    Limit = parsed.GetValue(limit),
                    Instances = parsed.GetValue(instances),
                    Direction = parsed.GetValue(direction),
                    ReportFile = parsed.GetValue(report),
                };
                JsonObject scores;
                if (runFolder is not null)
                    scores = work.OfRun(runFolder, parsed.GetValue(data), parsed.GetValue(by), Engine());
                else if (modelFile is not null)
                    scores = work.OfModel(modelFile, Needed(data), Engine());
                else
                    scores = work.OfFolders(Needed(translated), Needed(target), parsed.GetValue(source));
                if (parsed.GetValue(json) is { } file)
                    AtomicFile.WriteText(file, scores.ToJsonString(MetricsJson.Settings) + "\n");
                return Task.FromResult(ExitCodes.Success);
            }
        );
        return command;
    }
}

using System.CommandLine;
using System.Text.Json.Nodes;
using MlNetImageTranslation.Evaluation;
using MlNetImageTranslation.Trainer;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Cli;

/// <summary><c>imt evaluate</c>: scores finished translations, a model on a data set, or every snapshot of a run.</summary>
internal static class EvaluateCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var run = new Argument<string?>("RUN")
        {
            Description = "Run folder: every snapshot is scored and the best one named.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var translated = new Option<string?>("--translated") { Description = "Folder of translated images." };
        var target = new Option<string?>("--target") { Description = "Folder of targets: images of the same names." };
        var source = new Option<string?>("--source")
        {
            Description = "Folder of the sources, for the report and --segmentation.",
        };
        var unpaired = new Option<bool>("--unpaired")
        {
            Description = "Targets are other scenes, whatever they are called: only the distances of --features.",
        };
        var model = new Option<string?>("--model", "-m")
        {
            Description = "ONNX model that translates the images of --data.",
        };
        var data = new Option<string?>("--data", "-d")
        {
            Description =
                "Data set of pairs or of two sets (val, test or the folder itself); for RUN its own by default.",
        };
        var direction = new Option<TranslationDirection?>("--direction")
        {
            Description = "AtoB or BtoA (default: AtoB; for RUN its own).",
        };
        var limit = new Option<int?>("--limit") { Description = "Score no more images than these." };
        var by = new Option<string?>("--by")
        {
            Description =
                $"Score that chooses the best snapshot: {string.Join(", ", EvaluationMetric.Names)} (default: l1; "
                + $"frechet where there are no pairs).",
        };
        by.AcceptOnlyFromAmong(EvaluationMetric.Names);
        var features = new ImageNetworkArguments(
            "features",
            "ONNX network for the Fréchet and the kernel distance (Inception: FID and KID)."
        );
        var segmentation = new ImageNetworkArguments(
            "segmentation",
            "ONNX network that segments translated photos (labels to photo)."
        );
        var palette = new Option<string?>("--palette")
        {
            Description = "Classes and colours of label images: FCN-scores. Lines 'red green blue name'.",
        };
        var report = new Option<string?>("--report")
        {
            Description = "Write a page with every image, and a folder with its images beside it.",
        };
        var json = new Option<string?>("--json") { Description = "Write all scores as JSON." };
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
                "L1 is 0 to 255. Distances of features compare only within one protocol: network, size, filter and "
                + "number of images are printed with them.",
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
                    Segmentation = Segmentation(parsed.GetValue(palette), segmentation.Read(parsed)),
                };
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
                        [data, direction, limit, by, .. engine.All]
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

    private static SegmentationOptions? Segmentation(string? palette, ImageNetworkOptions? network) =>
        palette is null
            ? network is null
                ? null
                : throw new UserError("--segmentation needs --palette.")
            : new() { Palette = LabelPalette.Load(palette), Network = network };
}

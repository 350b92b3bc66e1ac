using System.CommandLine;
using System.Text.Json.Nodes;
using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Evaluation;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Trainer;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Cli;

/// <summary><c>imt evaluate</c>: scores finished translations, a model on pairs, or every snapshot of a run.</summary>
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
            Description = "ONNX model that translates the pairs of --data.",
        };
        var data = new Option<string?>("--data", "-d")
        {
            Description = "Data set of pairs (val, test or the folder itself); for RUN its own by default.",
        };
        var direction = new Option<TranslationDirection?>("--direction")
        {
            Description = "AtoB or BtoA (default: AtoB; for RUN its own).",
        };
        var limit = new Option<int?>("--limit") { Description = "Score no more pairs than these." };
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
            Description = "Write a static page with best and worst images.",
        };
        var json = new Option<string?>("--json") { Description = "Write all scores as JSON." };
        var command = new ImtCommand(
            "evaluate",
            "Score translations: L1, PSNR, SSIM, FID, KID, FCN-scores.",
            "imt evaluate --model maps.onnx --data pairs --report report.html",
            "imt evaluate --translated out --target pairs/val/B",
            "imt evaluate runs/maps --by ssim",
            "imt evaluate --translated fake --target real --unpaired --features inception.onnx --features-size 299"
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
                    ]
            );
        command.SetAction(
            (parsed, cancellation) =>
            {
                var options = new ImageTranslationEvaluationOptions
                {
                    Features = features.Read(parsed),
                    Segmentation = Segmentation(parsed.GetValue(palette), segmentation.Read(parsed)),
                };
                var output = parsed.InvocationConfiguration.Output;
                if (parsed.GetValue(limit) is < 1)
                    throw new UserError("--limit must be 1 or more.");
                bool scattered = parsed.GetValue(unpaired);
                if (parsed.GetValue(run) is not null || scattered)
                {
                    if (parsed.GetValue(report) is not null)
                        throw new UserError(
                            "--report shows translations beside their targets: it is for --model with --data, and "
                                + "for --translated with --target."
                        );
                    JsonObject scores;
                    if (parsed.GetValue(run) is { } folder)
                        scores = RunEvaluation.Run(
                            new(
                                folder,
                                parsed.GetValue(data),
                                parsed.GetValue(direction),
                                scattered,
                                parsed.GetValue(by),
                                parsed.GetValue(limit)
                            ),
                            options,
                            output,
                            cancellation
                        );
                    else
                    {
                        var distances = UnpairedImages.Evaluate(
                            Images(Needed(parsed, translated)),
                            Images(Needed(parsed, target)),
                            options,
                            cancellation
                        );
                        output.WriteLine(distances);
                        scores = MetricsJson.Create(distances);
                    }
                    WriteJson(parsed.GetValue(json), scores);
                    return Task.FromResult(ExitCodes.Success);
                }
                using var engine = parsed.GetValue(model) is { } file ? new TranslationEngine(file) : null;
                var pairs = engine is null
                    ? EvaluatedPairs.FromFolders(
                        Needed(parsed, translated),
                        Needed(parsed, target),
                        parsed.GetValue(source)
                    )
                    : EvaluatedPairs.FromModel(
                        engine,
                        Pairs(Needed(parsed, data)),
                        parsed.GetValue(direction) ?? TranslationDirection.AtoB,
                        parsed.GetValue(limit)
                    );
                var metrics = pairs.Evaluate(options, cancellation);
                WriteJson(parsed.GetValue(json), MetricsJson.Create(metrics, withImages: true));
                if (parsed.GetValue(report) is { } page)
                    EvaluationReport.Save(
                        page,
                        $"Evaluation of {Path.GetFileName(Path.TrimEndingDirectorySeparator((parsed.GetValue(model) ?? parsed.GetValue(translated))!))}",
                        metrics,
                        pairs.Load
                    );
                output.WriteLine(metrics);
                return Task.FromResult(ExitCodes.Success);
            }
        );
        return command;
    }

    private static void WriteJson(string? file, JsonObject scores)
    {
        if (file is not null)
            File.WriteAllText(file, scores.ToJsonString(MetricsJson.Settings) + "\n");
    }

    private static IEnumerable<RgbImage> Images(string folder) =>
        ImageFolder.List(folder, recursive: true).Select(file => ImageDecoder.Decode(file));

    private static string Needed(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option)
        ?? throw new UserError(
            $"{option.Name} is missing: give RUN, or --model and --data, or --translated and --target."
        );

    private static ImagePairs Pairs(string folder) =>
        ImagePairs.TryFromDataSet(folder, "val")
        ?? ImagePairs.TryFromDataSet(folder, "test")
        ?? ImagePairs.FromDataSet(folder);

    private static SegmentationOptions? Segmentation(string? palette, ImageNetworkOptions? network) =>
        palette is null
            ? network is null
                ? null
                : throw new UserError("--segmentation needs --palette.")
            : new() { Palette = LabelPalette.Load(palette), Network = network };
}

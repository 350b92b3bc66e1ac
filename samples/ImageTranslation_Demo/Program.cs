using System.Diagnostics;
using System.Globalization;
using ImageTranslation_Demo;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Evaluation;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Trainer;
using MlNetImageTranslation.Transforms;

// The best baseline's L1 that the network may have at most, and the SSIM that it must have beyond the best baseline's,
// on the synthetic data: only a network that sees shapes gets there.
const double L1Share = 0.5;
const double SsimGain = 0.15;

if (args.Contains("--help") || args.Contains("-h"))
{
    Console.WriteLine(DemoOptions.Usage);
    return 0;
}
DemoOptions options;
try
{
    options = DemoOptions.Parse(args);
}
catch (ArgumentException exception)
{
    Console.Error.WriteLine($"demo: {exception.Message}\n\n{DemoOptions.Usage}");
    return 2;
}
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// Nothing about the use of ONNX Runtime is sent to Microsoft.
OnnxRuntimeLibrary.DisableTelemetry();

// This process is there to train: let freed memory stay for the next step.
TrainingProcess.Tune();
var clock = Stopwatch.StartNew();
void Say(string text) => Console.WriteLine($"[{clock.Elapsed:mm\\:ss}] {text}");
string Output(params string[] parts) => Path.Combine([options.OutputFolder, .. parts]);

// 1. Data: rows of file names, as in any ML.NET image pipeline.
DemoData data;
try
{
    data = DemoData.Prepare(options);
}
catch (Exception exception) when (exception is IOException or InvalidDataException or FormatException)
{
    Console.Error.WriteLine($"demo: {exception.Message}");
    return 2;
}
Say($"Data: {data}");
var mlContext = new MLContext(seed: 1);
var trainingRows = mlContext.Data.LoadFromEnumerable(data.Training);
var heldOutRows = mlContext.Data.LoadFromEnumerable(data.HeldOut);

// 2. Training: the estimator learns a generator from two columns of image files. It stays at the first learning rate for
// half of the epochs, then goes down to zero.
var runFolder = Output("run");
if (Directory.Exists(runFolder))
    Directory.Delete(runFolder, recursive: true);
var epochs = (options.Steps + data.Training.Count - 1) / data.Training.Count;
var trainer = new Pix2PixTrainer.Options
{
    SourceColumnName = nameof(PairRow.SourcePath),
    TargetColumnName = nameof(PairRow.TargetPath),
    OutputColumnName = "Translated",
    Generator = options.Generator,
    GeneratorFilters = options.Filters,
    DiscriminatorFilters = 16,
    // Synthetic maps are hatched on the pixel grid, which jitter and mirroring would tear; real images are few and want
    // both.
    LoadSize = options.DataFolder is null ? options.Size : options.Size + options.Size / 16,
    CropSize = options.Size,
    Flip = options.DataFolder is not null,
    L1Weight = 200,
    Dropout = false,
    AverageDecay = 0.99,
    LearningRate = 4e-4,
    Epochs = epochs - epochs / 2,
    DecayEpochs = epochs / 2,
    MaximumDataSize = options.Steps / epochs,
    LogEvery = 10,
    SampleEveryEpochs = 1,
    CheckpointEverySteps = 0,
    Seed = 1,
    OutputFolder = runFolder,
    Progress = new ConsoleProgress(Say),
};
var summary =
    $"pix2pix, generator {trainer.Generator} with {trainer.GeneratorFilters} filters, "
    + $"{epochs * trainer.MaximumDataSize} steps of one pair at {options.Size}x{options.Size}";
Say($"Training: {summary}");
using (mlContext.ImageTranslation.Trainers.Pix2Pix(trainer).Fit(trainingRows)) { }
var modelFile = Path.Combine(runFolder, "model.onnx");
Say($"Model: {modelFile} ({new FileInfo(modelFile).Length / 1e6:0.0} MB)");

// 3. Use: any application translates a column of paths, file contents or images with the ONNX file.
var pipeline = mlContext.Transforms.TranslateImage("Translated", nameof(PairRow.SourcePath), modelFile);
using var model = pipeline.Fit(heldOutRows);
mlContext.Model.Save(model, heldOutRows.Schema, Output("model.zip"));
Say($"Pipeline: {Output("model.zip")} (loads in any ML.NET application)");

// 4. How good is it? Every held-out image goes onto the page with its scores.
using var report = new TranslationReport(
    Output("index.html"),
    "Images translated by a GAN that was trained in ML.NET",
    $"Held out from training. {summary}."
);
var grid = new SampleGrid("source", "translated", "target") { Zoom = options.Size < 200 ? 2 : 1 };
var heldOut = DemoData.Read(data.HeldOut);
var ours = new List<ImageScores>();
foreach (var image in model.Transform(heldOutRows).GetColumn<MLImage>("Translated"))
{
    using var result = image;
    var (source, target) = heldOut[ours.Count];
    var translated = RgbImage.FromMLImage(result);
    var score = ImageScores.Of(translated, target);
    report.Add(
        Path.GetFileName(data.HeldOut[ours.Count].SourcePath),
        [("Source", source), ("Translated", translated), ("Target", target)],
        [("L1", score.L1), ("PSNR", score.Psnr), ("SSIM", score.Ssim)]
    );
    if (ours.Count % Math.Max(1, heldOut.Count / 6) == 0)
        grid.Add(source, translated, target);
    ours.Add(score);
}
grid.Save(Output("grid.png"));

// 5. Beside ways to translate that learn next to nothing.
var baselines = DatasetTools.FitBaselines(DemoData.Read(data.Training));
List<(string Name, ImageScores Scores)> scores =
[
    .. baselines.Select(baseline =>
        (
            baseline.Name,
            ImageScores.Mean([.. heldOut.Select(pair => ImageScores.Of(baseline.Translate(pair.Source), pair.Target))])
        )
    ),
    ($"pix2pix, {trainer.Generator}", ImageScores.Mean(ours)),
];
Say($"Held-out scores ({heldOut.Count} pairs; L1 in levels of 0..255):");
Console.WriteLine($"          {"", -24} {"L1", 8} {"PSNR", 8} {"SSIM", 8}");
foreach (var (name, mean) in scores)
    Console.WriteLine($"          {name, -24} {mean.L1, 8:0.00} {mean.Psnr, 8:0.00} {mean.Ssim, 8:0.000}");
var share = scores[^1].Scores.L1 / scores.SkipLast(1).Min(other => other.Scores.L1);
var gain = scores[^1].Scores.Ssim - scores.SkipLast(1).Max(other => other.Scores.Ssim);
var isGood = share <= L1Share && gain >= SsimGain;
var verdict =
    $"L1 is {share:0.00} of the best baseline's (wanted on the synthetic data: {L1Share:0.00} or less), SSIM "
    + $"{gain:+0.000;-0.000} from the best ({SsimGain:+0.00} or more): {(isGood ? "reached" : "not reached")}.";
Console.WriteLine($"          {verdict}");

report
    .AddTable(
        ["", "L1", "PSNR, dB", "SSIM"],
        scores.Select(row =>
            new[] { row.Name, $"{row.Scores.L1:0.00}", $"{row.Scores.Psnr:0.00}", $"{row.Scores.Ssim:0.000}" }
        ),
        highlighted: scores.Count - 1
    )
    .AddParagraph(verdict)
    .AddLink("Curves and samples of the training", "run/report.html")
    .AddHeading("Held-out images");
report.Save();
Say($"Images: {Output("index.html")} and {Output("grid.png")}");
return isGood || options.DataFolder is not null ? 0 : 1;

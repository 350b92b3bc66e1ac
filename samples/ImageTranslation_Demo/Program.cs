using System.Diagnostics;
using System.Globalization;
using ImageTranslation_Demo;
using ImageTranslation_Demo.Data;
using ImageTranslation_Demo.Report;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Trainer;

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

// This process is there to train: let freed memory stay for the next step.
TrainingProcess.Tune();
var clock = Stopwatch.StartNew();
void Say(string text) =>
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"[{clock.Elapsed:mm\\:ss}] {text}"));
string Output(params string[] parts) => Path.Combine([options.OutputFolder, .. parts]);

// 1. Data: rows of file names, as in any ML.NET image pipeline.
var data = DemoData.Prepare(options);
Say($"Data: {data}");
var mlContext = new MLContext(seed: 1);
var trainingRows = mlContext.Data.LoadFromEnumerable(data.Training);
var heldOutRows = mlContext.Data.LoadFromEnumerable(data.HeldOut);

// 2. Training: the estimator learns a generator from two columns of images.
var runFolder = Output("run");
if (Directory.Exists(runFolder))
    Directory.Delete(runFolder, recursive: true);
var epochs = Math.Max(1, (int)Math.Round((double)options.Steps / data.Training.Count));
var trainer = new Pix2PixTrainer.Options
{
    SourceColumnName = "Source",
    TargetColumnName = "Target",
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
    LogEvery = 10,
    SampleEveryEpochs = 1,
    CheckpointEverySteps = 0,
    Seed = 1,
    OutputFolder = runFolder,
    Progress = new ProgressLine(Say),
};
Say(
    $"Training: pix2pix, generator {trainer.Generator} with {trainer.GeneratorFilters} filters, {epochs} epochs of {data.Training.Count} pairs at {options.Size}x{options.Size}"
);
var training = mlContext
    .Transforms.LoadImages("Source", null, nameof(PairRow.SourcePath))
    .Append(mlContext.Transforms.LoadImages("Target", null, nameof(PairRow.TargetPath)))
    .Append(mlContext.Transforms.TranslateImage(trainer));
using (training.Fit(trainingRows)) { }
var modelFile = Path.Combine(runFolder, "model.onnx");
Say($"Model: {modelFile} ({new FileInfo(modelFile).Length / 1e6:0.0} MB)");

// 3. Use: any application loads the images and appends TranslateImage with the ONNX file.
var pipeline = mlContext
    .Transforms.LoadImages("Source", null, nameof(PairRow.SourcePath))
    .Append(mlContext.Transforms.TranslateImage("Translated", "Source", modelFile));
using var model = pipeline.Fit(heldOutRows);
mlContext.Model.Save(model, heldOutRows.Schema, Output("model.zip"));
var translated = new List<RgbImage>();
foreach (var image in model.Transform(heldOutRows).GetColumn<MLImage>("Translated"))
{
    using (image)
        translated.Add(image.ToRgbImage());
}
Say($"Pipeline: {Output("model.zip")} (loads in any ML.NET application)");

// 4. How good is it? Beside ways to translate that learn next to nothing.
var heldOut = DemoData.Read(data.HeldOut);
var fitted = DemoData.Read(data.Training);
var imageScores = heldOut.Zip(translated, (pair, image) => ImageMetrics.Score(image, pair.Target)).ToList();
var baselines = TranslationBaseline.FitAll(fitted);
List<Score> scores =
[
    .. baselines.Select(baseline =>
        Score.Of(
            baseline.Name,
            [.. heldOut.Select(pair => ImageMetrics.Score(baseline.Translate(pair.Source), pair.Target))]
        )
    ),
    Score.Of($"pix2pix, {trainer.Generator}", imageScores, isOurs: true),
];
Say($"Held-out scores ({heldOut.Count} pairs; L1 in levels of 0..255):");
Console.WriteLine($"          {"", -24} {"L1", 8} {"PSNR", 8} {"SSIM", 8}");
foreach (var score in scores)
    Console.WriteLine(
        string.Create(
            CultureInfo.InvariantCulture,
            $"          {score.Name, -24} {score.L1, 8:0.00} {score.Psnr, 8:0.00} {score.Ssim, 8:0.000}"
        )
    );
var verdict = Verdict.Of(scores);
Console.WriteLine($"          {verdict.Text}");

// 5. Images: a grid, and one page with everything.
var best = Enumerable.Range(0, heldOut.Count).OrderBy(i => imageScores[i].L1).ToList();
var shown = Enumerable
    .Range(0, Math.Min(6, best.Count))
    .Select(i => best[i * (best.Count - 1) / Math.Max(1, Math.Min(6, best.Count) - 1)])
    .ToList();
var grid = new SampleGrid("source", "translated", "target") { Zoom = options.Size < 200 ? 2 : 1 };
foreach (var i in shown)
    grid.Add(heldOut[i].Source, translated[i], heldOut[i].Target);
grid.Save(Output("grid.png"));
var page = new HtmlPage(
    "Images translated by a GAN that was trained in ML.NET",
    $"{trainer.Generator} with {trainer.GeneratorFilters} filters, {epochs} epochs of {data.Training.Count} pairs of {options.Size}x{options.Size} pixels, {clock.Elapsed.TotalMinutes.ToString("0.0", CultureInfo.InvariantCulture)} minutes in all. Every image below was held out from training."
);
page.Heading("Held-out scores");
page.Scores(scores);
page.Paragraph(verdict.Text);
page.Heading("From the best to the worst");
foreach (var i in best.Where((_, rank) => rank % Math.Max(1, best.Count / 12) == 0))
    page.Images(
        string.Create(
            CultureInfo.InvariantCulture,
            $"L1 {imageScores[i].L1:0.0}, PSNR {imageScores[i].Psnr:0.0} dB, SSIM {imageScores[i].Ssim:0.00}"
        ),
        ("source", heldOut[i].Source),
        ("translated", translated[i]),
        ("target", heldOut[i].Target)
    );
page.Heading("Training");
page.Curves(LossLog.Read(Path.Combine(runFolder, "log.jsonl")));
page.Save(Output("index.html"));
Say($"Images: {Output("grid.png")} and {Output("index.html")}");
return verdict.IsGood || options.DataFolder is not null ? 0 : 1;

using ImageTranslation_Train;
using Microsoft.ML;
using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Trainer;
using MlNetImageTranslation.Transforms;

// Nothing about the use of ONNX Runtime is sent to Microsoft.
OnnxRuntimeLibrary.DisableTelemetry();

// Usage: ImageTranslation_Train [DATA] [OUTPUT] [EPOCHS]
// DATA holds train/A, train/B, val/A and val/B, images of the same names being pairs. Without it, pairs are made.
var data = args.ElementAtOrDefault(0) ?? Synthesize("assets/inputs");
var output = args.ElementAtOrDefault(1) ?? "assets/outputs";
string[] parts =
[
    Path.Combine("train", "A"),
    Path.Combine("train", "B"),
    Path.Combine("val", "A"),
    Path.Combine("val", "B"),
];
if (
    parts.Select(part => Path.Combine(data, part)).FirstOrDefault(folder => !ImageDecoder.HasFiles(folder)) is { } empty
)
    return Refuse($"Expected images in '{empty}'");
if (!int.TryParse(args.ElementAtOrDefault(2) ?? "4", out var epochs) || epochs < 1)
    return Refuse($"Expected a number of epochs, but got '{args[2]}'");
var training = PairRow.FromFolders(Path.Combine(data, parts[0]), Path.Combine(data, parts[1]));
var validation = PairRow.FromFolders(Path.Combine(data, parts[2]), Path.Combine(data, parts[3]));
if (training.Concat(validation).FirstOrDefault(row => !File.Exists(row.TargetPath)) is { } alone)
    return Refuse($"Expected '{alone.TargetPath}' beside '{alone.SourcePath}'");
Directory.CreateDirectory(output);

// This process is there to train: let freed memory stay for the next step.
TrainingProcess.Tune();
var mlContext = new MLContext(seed: 1);

// 1. Data views of the files.
var trainingRows = mlContext.Data.LoadFromEnumerable(training);
var validationRows = mlContext.Data.LoadFromEnumerable(validation);

// 2. The estimator: learn to make the target from the source image. It loads both by their paths; the trained model needs
// the source only.
var runFolder = Path.Combine(output, "run");
if (Directory.Exists(runFolder))
    Directory.Delete(runFolder, recursive: true);
var trainer = mlContext.ImageTranslation.Trainers.Pix2Pix(
    new Pix2PixTrainer.Options
    {
        SourceColumnName = nameof(PairRow.SourcePath),
        TargetColumnName = nameof(PairRow.TargetPath),
        OutputColumnName = "Translated",
        Generator = "unet-32",
        GeneratorFilters = 16,
        DiscriminatorFilters = 16,
        LoadSize = 72,
        CropSize = 64,
        Epochs = epochs,
        DecayEpochs = 0,
        LogEvery = 20,
        OutputFolder = runFolder,
    }
);
mlContext.Log += (_, entry) =>
{
    if (
        entry.Kind != Microsoft.ML.Runtime.ChannelMessageKind.Trace
        && entry.Source.StartsWith(nameof(Pix2PixTrainer), StringComparison.Ordinal)
    )
        Console.WriteLine(entry.RawMessage);
};

// 3. Train.
using var model = trainer.Fit(trainingRows);

// 4. Evaluate on pairs that training has not seen.
var translated = model.Transform(validationRows);
var metrics = mlContext.ImageTranslation.Evaluate(translated, targetColumnName: nameof(PairRow.TargetPath));
Console.WriteLine(metrics);

// 5. Save: the zip holds stock ML.NET transforms, loads in any ML.NET application and asks for SourcePath only; the ONNX
// file is in the run folder.
var modelFile = Path.Combine(output, "model.zip");
mlContext.Model.Save(model, trainingRows.Schema, modelFile);
Console.WriteLine($"Saved {modelFile} and {Path.Combine(runFolder, "model.onnx")}");
return 0;

static int Refuse(string reason)
{
    Console.Error.WriteLine($"{reason}; usage: DATA (with train/A, train/B, val/A and val/B) OUTPUT EPOCHS.");
    return 2;
}

// Pairs of aerial photograph and street map, so that the sample runs without a download.
static string Synthesize(string folder)
{
    foreach (var (phase, first, count) in new[] { ("train", 0, 60), ("val", 60, 8) })
    {
        Directory.CreateDirectory(Path.Combine(folder, phase, "A"));
        Directory.CreateDirectory(Path.Combine(folder, phase, "B"));
        for (var seed = first; seed < first + count; seed++)
        {
            var (aerial, map) = AerialMapSynthesizer.Create(seed, 64);
            ImageEncoder.Save(aerial, Path.Combine(folder, phase, "A", $"{seed:000}.png"));
            ImageEncoder.Save(map, Path.Combine(folder, phase, "B", $"{seed:000}.png"));
        }
    }
    return folder;
}

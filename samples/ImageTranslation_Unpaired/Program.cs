using ImageTranslation_Unpaired;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Trainer;
using MlNetImageTranslation.Transforms;

// Nothing about the use of ONNX Runtime is sent to Microsoft.
OnnxRuntimeLibrary.DisableTelemetry();

// Usage: ImageTranslation_Unpaired [DATA] [OUTPUT] [EPOCHS]
// DATA holds trainA, trainB, testA and testB, without pairs. Without it, two sets are made.
var data = args.ElementAtOrDefault(0) ?? SyntheticSets.Create("assets/unpaired");
var output = args.ElementAtOrDefault(1) ?? "assets/unpaired-outputs";
string[] sets = ["trainA", "trainB", "testA", "testB"];
if (sets.Select(set => Path.Combine(data, set)).FirstOrDefault(folder => !ImageDecoder.HasFiles(folder)) is { } empty)
    return Refuse($"Expected images in '{empty}'");
if (!int.TryParse(args.ElementAtOrDefault(2) ?? "10", out var epochs) || epochs < 1)
    return Refuse($"Expected a number of epochs, but got '{args[2]}'");
Directory.CreateDirectory(output);

// This process is there to train: let freed memory stay for the next step.
TrainingProcess.Tune();
var mlContext = new MLContext(seed: 1);

// 1. A data view for each set: there are no pairs, so they are not two columns of one.
IDataView Load(string set, string column)
{
    var rows = mlContext.Data.LoadFromEnumerable(ImageRow.FromFolder(Path.Combine(data, set)));
    return mlContext.Transforms.LoadImages(column, null, nameof(ImageRow.Path)).Fit(rows).Transform(rows);
}

// 2. Learn to make an image of the second kind from one of the first, and back. Small networks and few epochs.
var trainer = mlContext.ImageTranslation.Trainers.CycleGan(
    new CycleGanTrainer.Options
    {
        SourceColumnName = "Photo",
        TargetColumnName = "Map",
        TargetData = Load("trainB", "Map"),
        OutputColumnName = "Translated",
        ReverseOutputColumnName = "Translated",
        Generator = "resnet-3",
        GeneratorFilters = 12,
        DiscriminatorFilters = 16,
        DiscriminatorLayers = 2,
        LoadSize = 64,
        CropSize = 64,
        Epochs = epochs - epochs / 2,
        DecayEpochs = epochs / 2,
        LogEvery = 100,
    }
);
mlContext.Log += (_, entry) =>
{
    if (entry.Kind == Microsoft.ML.Runtime.ChannelMessageKind.Info && entry.RawMessage.StartsWith("epoch"))
        Console.WriteLine(entry.RawMessage);
};
using var model = trainer.Fit(Load("trainA", "Photo"));

// 3. Look at images that training has not seen, in both directions.
Save(model.Forward, Load("testA", "Photo"), "Photo", "photo-to-map.png");
Save(model.Reverse, Load("testB", "Map"), "Map", "map-to-photo.png");
return 0;

static int Refuse(string reason)
{
    Console.Error.WriteLine($"{reason}; usage: DATA (with trainA, trainB, testA and testB) OUTPUT EPOCHS.");
    return 2;
}

void Save(ITransformer translator, IDataView images, string column, string file)
{
    var grid = new SampleGrid("source", "translated") { Zoom = 2 };
    var translated = translator.Transform(images);
    foreach (var (source, result) in images.GetColumn<MLImage>(column).Zip(translated.GetColumn<MLImage>("Translated")))
        using (result)
            grid.Add(RgbImage.FromMLImage(source), RgbImage.FromMLImage(result));
    grid.Save(Path.Combine(output, file));
    Console.WriteLine($"{grid.RowCount} images: {Path.Combine(output, file)}");
}

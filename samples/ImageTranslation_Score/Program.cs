using ImageTranslation_Score;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Transforms;

// Usage: ImageTranslation_Score [MODEL.onnx] [PICTURES] [OUTPUT]
var modelFile = args.ElementAtOrDefault(0) ?? Path.Combine("models", "maps.onnx");
var images = args.ElementAtOrDefault(1) ?? Synthesize("assets/photos");
var output = args.ElementAtOrDefault(2) ?? "assets/translated";
if (!File.Exists(modelFile))
{
    Console.Error.WriteLine(
        $"There is no model '{modelFile}': ./demo.sh trains one (demo-output/run/model.onnx), then name it here."
    );
    return 2;
}
var files = Directory
    .EnumerateFiles(images)
    .Where(ImageDecoder.HasImageExtension)
    .Order(StringComparer.Ordinal)
    .Select(path => new PhotoRow { File = Path.GetFileName(path) })
    .ToList();
if (files.Count == 0)
{
    Console.Error.WriteLine($"There are no images in '{images}'.");
    return 2;
}
Directory.CreateDirectory(output);
var mlContext = new MLContext();

// 1. A pipeline over rows: load, translate. Images keep their sizes; reading the column runs the model a batch ahead.
var rows = mlContext.Data.LoadFromEnumerable(files);
var pipeline = mlContext
    .Transforms.LoadImages("Photo", images, nameof(PhotoRow.File))
    .Append(mlContext.Transforms.TranslateImage("Translated", "Photo", modelFile));
using (var model = pipeline.Fit(rows))
{
    foreach (var (row, image) in files.Zip(model.Transform(rows).GetColumn<MLImage>("Translated")))
    {
        using (image)
            ImageEncoder.Save(
                image.ToRgbImage(),
                Path.Combine(output, "pipeline-" + Path.ChangeExtension(row.File, ".png"))
            );
    }
}
Console.WriteLine($"Pipeline: {files.Count} images in {output}");

// 2. One image at a time, as a service gets them: PredictionEngine.
var none = mlContext.Data.LoadFromEnumerable(Array.Empty<Photo>());
using (var single = mlContext.Transforms.TranslateImage("Translated", nameof(Photo.Image), modelFile).Fit(none))
using (
    var predictor = mlContext.Model.CreatePredictionEngine<Photo, Translation>(
        single,
        new PredictionEngineOptions { OwnsTransformer = false }
    )
)
{
    var source = ImageResizer.Resize(ImageDecoder.Decode(Path.Combine(images, files[0].File)), Photo.Side, Photo.Side);
    using var image = source.ToMLImage();
    using var translated = predictor.Predict(new Photo { Image = image }).Translated!;
    ImageEncoder.Save(translated.ToRgbImage(), Path.Combine(output, "prediction-engine.png"));
}
Console.WriteLine($"PredictionEngine: {Path.Combine(output, "prediction-engine.png")}");

// 3. A whole folder at full speed, without a data view: all cores decode, run and encode side by side.
using var engine = new TranslationEngine(modelFile);
var done = new FolderTranslator(
    engine,
    new FolderTranslationOptions { ReportFile = Path.Combine(output, "report.jsonl") }
).Translate(images, Path.Combine(output, "folder"));
Console.WriteLine($"Folder: {done.Translated} images translated, {done.ImagesPerSecond:0.0} a second");
return 0;

// A few aerial photographs, so that the sample runs without a download.
static string Synthesize(string folder)
{
    Directory.CreateDirectory(folder);
    for (var seed = 1000; seed < 1006; seed++)
        ImageEncoder.Save(AerialMapSynthesizer.Create(seed, 256).Aerial, Path.Combine(folder, $"{seed}.png"));
    return folder;
}

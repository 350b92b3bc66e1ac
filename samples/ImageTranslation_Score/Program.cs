using ImageTranslation_Score;
using Microsoft.ML;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Transforms;

// Nothing about the use of ONNX Runtime is sent to Microsoft.
OnnxRuntimeLibrary.DisableTelemetry();

// Usage: ImageTranslation_Score [MODEL.onnx] [IMAGES] [OUTPUT]
var modelFile = args.ElementAtOrDefault(0) ?? Path.Combine("models", "maps.onnx");
var images = args.ElementAtOrDefault(1) ?? Path.Combine("models", "samples", "maps");
var output = args.ElementAtOrDefault(2) ?? Path.Combine("assets", "translated");
if (!File.Exists(modelFile) || !ImageDecoder.HasFiles(images))
{
    Console.Error.WriteLine(
        $"Expected a model in '{modelFile}' and images in '{images}'. Those of the checkout are found from its top; "
            + "./demo.sh trains a model (demo-output/run/model.onnx)."
    );
    return 2;
}
Directory.CreateDirectory(output);
var mlContext = new MLContext();

// 1. A pipeline over rows: load, translate. Images keep their sizes; reading the rows runs the model a batch ahead.
var files = ImageDecoder.ListFiles(images).Select(file => new { File = Path.GetFullPath(file) });
var rows = mlContext.Data.LoadFromEnumerable(files);
var pipeline = mlContext
    .Transforms.LoadImages("Image", null, "File")
    .Append(mlContext.Transforms.TranslateImage("Translated", "Image", modelFile));
var grid = new SampleGrid("source", "translated");
using (var model = pipeline.Fit(rows))
    foreach (var row in mlContext.Data.CreateEnumerable<Translation>(model.Transform(rows), reuseRowObject: false))
        using (row.Translated)
            grid.Add(RgbImage.FromMLImage(row.Image!), RgbImage.FromMLImage(row.Translated!));
grid.Save(Path.Combine(output, "grid.png"));
Console.WriteLine($"Pipeline: {grid.RowCount} images in {Path.Combine(output, "grid.png")}");

// 2. One image at a time, as a service gets them: PredictionEngine.
var none = mlContext.Data.LoadFromEnumerable(Array.Empty<Photo>());
using (var single = mlContext.Transforms.TranslateImage("Translated", nameof(Photo.Image), modelFile).Fit(none))
using (
    var predictor = mlContext.Model.CreatePredictionEngine<Photo, Translation>(
        single,
        new PredictionEngineOptions { OwnsTransformer = false }
    )
)
using (var image = ImageDecoder.Decode(ImageDecoder.ListFiles(images)[0]).ToMLImage())
using (var translated = predictor.Predict(new Photo { Image = image }).Translated!)
    ImageEncoder.Save(RgbImage.FromMLImage(translated), Path.Combine(output, "prediction-engine.png"));
Console.WriteLine($"PredictionEngine: {Path.Combine(output, "prediction-engine.png")}");

// 3. A whole folder at full speed, without a data view: all cores decode, run and encode side by side.
using var engine = new TranslationEngine(modelFile);
var options = new FolderTranslationOptions { ReportFile = Path.Combine(output, "report.jsonl") };
var done = new FolderTranslator(engine, options).Translate(images, Path.Combine(output, "folder"));
Console.WriteLine($"Folder: {done.Translated} images in {Path.Combine(output, "folder")}");
return 0;

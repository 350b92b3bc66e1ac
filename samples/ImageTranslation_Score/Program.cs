using ImageTranslation_Score;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Transforms;

// Usage: ImageTranslation_Score [MODEL.onnx] [PICTURES] [OUTPUT]
var modelFile = args.ElementAtOrDefault(0) ?? Path.Combine("models", "maps.onnx");
var pictures = args.ElementAtOrDefault(1) ?? Synthesize("assets/photos");
var output = args.ElementAtOrDefault(2) ?? "assets/translated";
if (!File.Exists(modelFile))
{
    Console.Error.WriteLine($"There is no model '{modelFile}': ./demo.sh trains one (demo-output/run/model.onnx), then name it here.");
    return 2;
}
var files = Directory.EnumerateFiles(pictures).Where(ImageDecoder.HasImageExtension).Order(StringComparer.Ordinal).Select(path => new PhotoRow { File = Path.GetFileName(path) }).ToList();
if (files.Count == 0)
{
    Console.Error.WriteLine($"There are no pictures in '{pictures}'.");
    return 2;
}
Directory.CreateDirectory(output);
var mlContext = new MLContext();

// 1. A pipeline over rows: load, translate. Pictures keep their sizes; reading the column runs the model a batch ahead.
var rows = mlContext.Data.LoadFromEnumerable(files);
var pipeline = mlContext.Transforms.LoadImages("Photo", pictures, nameof(PhotoRow.File))
    .Append(mlContext.Transforms.TranslateImage("Translated", "Photo", modelFile));
using (var model = pipeline.Fit(rows))
{
    foreach (var (row, picture) in files.Zip(model.Transform(rows).GetColumn<MLImage>("Translated")))
    {
        using (picture) ImageEncoder.Save(picture.ToRgbImage(), Path.Combine(output, "pipeline-" + Path.ChangeExtension(row.File, ".png")));
    }
}
Console.WriteLine($"Pipeline: {files.Count} pictures in {output}");

// 2. One picture at a time, as a service gets them: PredictionEngine.
var none = mlContext.Data.LoadFromEnumerable(Array.Empty<Photo>());
using (var single = mlContext.Transforms.TranslateImage("Translated", nameof(Photo.Picture), modelFile).Fit(none))
using (var predictor = mlContext.Model.CreatePredictionEngine<Photo, Translation>(single, new PredictionEngineOptions { OwnsTransformer = false }))
{
    var source = ImageResizer.Resize(ImageDecoder.Decode(Path.Combine(pictures, files[0].File)), Photo.Side, Photo.Side);
    using var picture = source.ToMLImage();
    using var translated = predictor.Predict(new Photo { Picture = picture }).Translated!;
    ImageEncoder.Save(translated.ToRgbImage(), Path.Combine(output, "prediction-engine.png"));
}
Console.WriteLine($"PredictionEngine: {Path.Combine(output, "prediction-engine.png")}");

// 3. A whole folder at full speed, without a data view: all cores decode, run and encode side by side.
using var engine = new TranslationEngine(modelFile);
var done = new FolderTranslator(engine, new FolderTranslationOptions { ReportFile = Path.Combine(output, "report.jsonl") }).Translate(pictures, Path.Combine(output, "folder"));
Console.WriteLine($"Folder: {done.Translated} pictures translated, {done.PicturesPerSecond:0.0} a second");
return 0;

// A few aerial photographs, so that the sample runs without a download.
static string Synthesize(string folder)
{
    Directory.CreateDirectory(folder);
    for (var seed = 1000; seed < 1006; seed++) ImageEncoder.Save(AerialMapSynthesizer.Create(seed, 256).Aerial, Path.Combine(folder, $"{seed}.png"));
    return folder;
}

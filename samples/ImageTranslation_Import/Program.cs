using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Trainer;

// Usage: ImageTranslation_Import CHECKPOINT.pth [PICTURE] [OUTPUT]
if (args.Length == 0)
{
    Console.Error.WriteLine(
        "Usage: ImageTranslation_Import CHECKPOINT.pth [PICTURE] [OUTPUT]\n\nCHECKPOINT: a generator of pytorch-CycleGAN-and-pix2pix, such as latest_net_G.pth, or a safetensors file."
    );
    return 2;
}
var checkpoint = args[0];
var output = args.ElementAtOrDefault(2) ?? "assets/outputs";
Directory.CreateDirectory(output);
var image = Path.GetFullPath(args.ElementAtOrDefault(1) ?? Synthesize(output));

// 1. The checkpoint becomes an ONNX file. Nothing in it is executed; architecture, norm and dropout are found from
// names and shapes, and the ONNX file is run and compared with torch before it counts.
var modelFile = Path.Combine(output, Path.GetFileNameWithoutExtension(checkpoint) + ".onnx");
var imported = CheckpointConverter.Convert(checkpoint, modelFile);
Console.WriteLine(
    $"{imported.Network.Graph.Name}, largest difference from torch {imported.Difference!.Value.LargestError:0.0e+0}: {modelFile}"
);

// 2. The ONNX file becomes part of a pipeline.
var mlContext = new MLContext();
var rows = mlContext.Data.LoadFromEnumerable(new[] { new { File = image } });
var pipeline = mlContext
    .Transforms.LoadImages("Source", null, "File")
    .Append(mlContext.Transforms.TranslateImage("Translated", "Source", modelFile));
using var model = pipeline.Fit(rows);
using var translated = model.Transform(rows).GetColumn<MLImage>("Translated").Single();
var result = Path.Combine(output, "translated.png");
ImageEncoder.Save(translated.ToRgbImage(), result);
Console.WriteLine($"{image} -> {result}");

// 3. The pipeline becomes a zip that loads in any ML.NET application.
mlContext.Model.Save(model, rows.Schema, Path.Combine(output, "model.zip"));
Console.WriteLine($"Saved {Path.Combine(output, "model.zip")}");
return 0;

static string Synthesize(string folder)
{
    var path = Path.Combine(folder, "photo.png");
    ImageEncoder.Save(AerialMapSynthesizer.Create(1000, 256).Aerial, path);
    return path;
}

using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Trainer;
using MlNetImageTranslation.Transforms;

// Nothing about the use of ONNX Runtime is sent to Microsoft.
OnnxRuntimeLibrary.DisableTelemetry();

// Usage: ImageTranslation_Import [CHECKPOINT] [IMAGES] [OUTPUT]
// CHECKPOINT: a generator of pytorch-CycleGAN-and-pix2pix, such as latest_net_G.pth, or a safetensors file.
var checkpoint = args.ElementAtOrDefault(0) ?? Path.Combine(AppContext.BaseDirectory, "latest_net_G.pth");
var images = args.ElementAtOrDefault(1) ?? Path.Combine("models", "samples", "maps");
var output = args.ElementAtOrDefault(2) ?? Path.Combine("assets", "imported");
if (!File.Exists(checkpoint) || !ImageDecoder.HasFiles(images))
{
    Console.Error.WriteLine(
        $"Expected a checkpoint in '{checkpoint}' and images in '{images}'; usage: CHECKPOINT IMAGES OUTPUT."
    );
    return 2;
}
Directory.CreateDirectory(output);

// 1. The checkpoint becomes an ONNX file. Nothing in it is executed; architecture, norm and dropout are found from
// names and shapes, and the ONNX file is run and compared with torch before it counts.
var modelFile = Path.Combine(output, Path.GetFileNameWithoutExtension(checkpoint) + ".onnx");
var imported = VerifiedModel.FromCheckpoint(checkpoint, modelFile);
Console.WriteLine(
    $"{imported.Network!.Graph.Name}, largest difference from torch {imported.LargestError:0.0e+0}: " + modelFile
);

// 2. The ONNX file becomes part of a pipeline.
var mlContext = new MLContext();
var files = ImageDecoder.ListFiles(images).Select(file => new { File = Path.GetFullPath(file) }).ToList();
var rows = mlContext.Data.LoadFromEnumerable(files);
var pipeline = mlContext
    .Transforms.LoadImages("Source", null, "File")
    .Append(mlContext.Transforms.TranslateImage("Translated", "Source", modelFile));
using var model = pipeline.Fit(rows);
var grid = new SampleGrid("source", "translated");
foreach (var (row, image) in files.Zip(model.Transform(rows).GetColumn<MLImage>("Translated")))
    using (image)
        grid.Add(ImageDecoder.Decode(row.File), RgbImage.FromMLImage(image));
grid.Save(Path.Combine(output, "grid.png"));
Console.WriteLine($"Translated {grid.RowCount} images: {Path.Combine(output, "grid.png")}");

// 3. The pipeline becomes a zip that loads in any ML.NET application.
mlContext.Model.Save(model, rows.Schema, Path.Combine(output, "model.zip"));
Console.WriteLine($"Saved {Path.Combine(output, "model.zip")}");
return 0;

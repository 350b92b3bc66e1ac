// Translates the images of a folder with an ONNX file, in an ML.NET pipeline:
//
//   dotnet fsi samples/translate.fsx [MODEL.onnx] [IMAGES] [OUTPUT]

#r "nuget: MlNetImageTranslation, 0.1.0"
#r "nuget: Microsoft.ML.OnnxRuntime, 1.31.0"

open System.IO
open Microsoft.ML
open Microsoft.ML.Data
open MlNetImageTranslation.Imaging
open MlNetImageTranslation.Transforms

[<CLIMutable>]
type ImageRow = { File: string }

// Nothing about the use of ONNX Runtime is sent to Microsoft.
OnnxRuntimeLibrary.DisableTelemetry()

let argument index otherwise =
    fsi.CommandLineArgs |> Array.tryItem (index + 1) |> Option.defaultValue otherwise

let model = argument 0 "models/maps.onnx"
let images = argument 1 "models/samples/maps"
let output = argument 2 "assets/fsharp"

if not (File.Exists model) || not (ImageDecoder.HasFiles images) then
    eprintfn "Expected a model in '%s' and images in '%s'; usage: MODEL IMAGES OUTPUT." model images
    exit 2

let files = ImageDecoder.ListFiles images |> Seq.map Path.GetFullPath |> Seq.toArray
let mlContext = MLContext()
let rows = mlContext.Data.LoadFromEnumerable(files |> Seq.map (fun file -> { File = file }))

let pipeline =
    EstimatorChain()
        .Append(mlContext.Transforms.LoadImages("Image", null, "File"))
        .Append(mlContext.Transforms.TranslateImage("Translated", "Image", model))

let grid = SampleGrid [| "source"; "translated" |]

let translated = pipeline.Fit(rows).Transform(rows).GetColumn<MLImage>("Translated")

for file, image in Seq.zip files translated do
    grid.Add [| ImageDecoder.Decode file; RgbImage.FromMLImage image |]
    image.Dispose() // What the pipeline gives is ours.

Directory.CreateDirectory output |> ignore
grid.Save(Path.Combine(output, "grid.png"))
printfn "%d images: %s" grid.RowCount (Path.Combine(output, "grid.png"))

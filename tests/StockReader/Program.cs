// StockReader [--predict] MODEL.zip COLUMN IMAGE... : prints, for every image, width, height and base64 of the BGRA pixels
// in COLUMN after the pipeline; with --predict one row of 16x16 pixels at a time, by a PredictionEngine.
using Microsoft.ML;
using Microsoft.ML.Data;

bool predict = args[0] == "--predict";
if (predict)
    args = args[1..];

var context = new MLContext();

// ML.NET finds the loaders of a saved model in the assemblies that are loaded or registered.
context.ComponentCatalog.RegisterAssembly(typeof(ImageEstimatorsCatalog).Assembly);
context.ComponentCatalog.RegisterAssembly(typeof(OnnxCatalog).Assembly);
using var disposable = (IDisposable)context.Model.Load(args[0], out _);
var model = (ITransformer)disposable;
var rows = args[2..].Select(path => new Row { Path = path }).ToArray();
if (predict)
    Predict(rows);
else
    Print(model.Transform(context.Data.LoadFromEnumerable(rows)).GetColumn<MLImage>(args[1]));
if (
    AppDomain
        .CurrentDomain.GetAssemblies()
        .FirstOrDefault(assembly =>
            assembly.GetName().Name!.StartsWith("MlNetImageTranslation", StringComparison.Ordinal)
        ) is
    { } ours
)
    throw new InvalidOperationException($"{ours.GetName().Name} is loaded here; a saved pipeline must not need it.");

void Predict(Row[] inputs)
{
    var output = SchemaDefinition.Create(typeof(Result));
    output[nameof(Result.Image)].ColumnName = args[1];
    var options = new PredictionEngineOptions { OutputSchemaDefinition = output, OwnsTransformer = false };
    using var engine = context.Model.CreatePredictionEngine<Row, Result>(model, options);
    Print(inputs.Select(row => engine.Predict(row).Image!));
}

static void Print(IEnumerable<MLImage> images)
{
    foreach (var image in images)
        Console.WriteLine($"{image.Width} {image.Height} {Convert.ToBase64String(image.Pixels)}");
}

internal sealed class Row
{
    public string Path { get; set; } = "";
}

internal sealed class Result
{
    // A PredictionEngine wants to know the size.
    [Microsoft.ML.Transforms.Image.ImageType(16, 16)]
    public MLImage? Image { get; set; }
}

// StockReader MODEL.zip COLUMN PICTURE... : prints, for every image, width, height and base64 of the BGRA pixels in
// COLUMN after the pipeline.
using Microsoft.ML;
using Microsoft.ML.Data;

var context = new MLContext();

// ML.NET finds the loaders of a saved model in the assemblies that are loaded or registered.
context.ComponentCatalog.RegisterAssembly(typeof(ImageEstimatorsCatalog).Assembly);
context.ComponentCatalog.RegisterAssembly(typeof(OnnxCatalog).Assembly);
using var disposable = (IDisposable)context.Model.Load(args[0], out _);
var model = (ITransformer)disposable;
var view = model.Transform(context.Data.LoadFromEnumerable(args[2..].Select(path => new Row { Path = path })));
foreach (var image in view.GetColumn<MLImage>(args[1]))
    Console.WriteLine($"{image.Width} {image.Height} {Convert.ToBase64String(image.Pixels)}");
if (
    AppDomain
        .CurrentDomain.GetAssemblies()
        .FirstOrDefault(assembly =>
            assembly.GetName().Name!.StartsWith("MlNetImageTranslation", StringComparison.Ordinal)
        ) is
    { } ours
)
    throw new InvalidOperationException($"{ours.GetName().Name} is loaded here; a saved pipeline must not need it.");

internal sealed class Row
{
    public string Path { get; set; } = "";
}

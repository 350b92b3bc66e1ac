using System.Globalization;
using System.Runtime.InteropServices;
using MlNetImageTranslation.Benchmarks;
using MlNetImageTranslation.Benchmarks.Inference;
using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Transforms;

// Nothing about the use of ONNX Runtime is sent to Microsoft.
OnnxRuntimeLibrary.DisableTelemetry();
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
const string Usage = """
    inference [ARCHITECTURE...] [--size N] [--images N] [--batch N] [--rounds N] [--filters N] [--soak N] [--large]
        [--device cpu|cuda]
    """;
if (CommandLine.AsksForHelp(args))
{
    Console.WriteLine(Usage);
    return 0;
}

CommandLine line;
int size,
    images,
    batch,
    rounds,
    filters,
    soak;
try
{
    line = new(
        args,
        ["--size", "--images", "--batch", "--rounds", "--filters", "--soak", "--device"],
        flags: "--large"
    );
    size = line.Number("--size", 256);
    images = line.Number("--images", 16);
    batch = line.Number("--batch", 1);
    rounds = line.Number("--rounds", 5);
    filters = line.Number("--filters", 64);
    soak = line.Number("--soak", 0);
}
catch (FormatException wrong)
{
    Console.Error.WriteLine($"{wrong.Message}\n{Usage}");
    return 2;
}

var device = line.Text("--device") == "cuda" ? TranslationDevice.Cuda : TranslationDevice.Cpu;
var architectures =
    line.Names.Count > 0 ? line.Names
    : soak > 0 ? ["unet-128"]
    : ["unet-256", "resnet-6", "resnet-9"];

Console.WriteLine(
    $"{Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}"
);
var root = Directory.CreateTempSubdirectory("imt-benchmark-");
try
{
    foreach (var architecture in architectures)
    {
        string model = BenchmarkModel.Write(architecture, filters, size, root.FullName);
        if (soak > 0)
            Soak.Run(model, root.FullName, soak);
        else if (line.Has("--large"))
            LargeImage.Run(model);
        else
            Compare(architecture, model);
    }
}
finally
{
    root.Delete(true);
}

return 0;

void Compare(string architecture, string model)
{
    string folder = Directory.CreateDirectory(Path.Combine(root.FullName, architecture)).FullName;
    for (int i = 0; i < images; i++)
        ImageEncoder.Save(AerialMapSynthesizer.Create(i, size).Aerial, Path.Combine(folder, $"{i}.jpg"));
    string[] files = [.. Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal)];
    var subjects = Subjects.All(model, folder, files, size, batch, device);
    Subject loading = Subjects.Loading(files),
        coding = Subjects.Coding(folder, files);
    // In turns, so that whatever else the machine does hits all alike; the first round warms up.
    for (int round = 0; round <= rounds; round++)
        foreach (var subject in (IEnumerable<Subject>)[.. subjects, loading, coding])
            subject.Measure(keep: round > 0);
    double best = subjects.Where(subject => subject.Name.StartsWith('e')).Max(subject => subject.ImagesPerSecond);
    Console.WriteLine(
        $"\n{architecture}, {size}x{size}, batch {batch}, {images} images, median of {rounds} rounds; ratio to the better of both e"
    );
    if (device == TranslationDevice.Cpu)
    {
        Bound(loading, "b");
        Bound(coding, "c");
    }
    foreach (var subject in subjects)
    {
        Console.WriteLine(
            $"  {subject.ImagesPerSecond, 8:0.00}/s  x{subject.ImagesPerSecond / best:0.000}  ({subject.Range.Slowest:0.00}..{subject.Range.Fastest:0.00})  {subject.ProcessorMilliseconds, 8:0.0} ms processor, {subject.AllocatedPerImage / 1024:0} KiB an image  {subject.Name}"
        );
        subject.Dispose();
    }
    Console.WriteLine(
        $"  peak memory of the process so far: {System.Diagnostics.Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB"
    );

    // The processors have to do both: what e does, and what is done on one thread here.
    void Bound(Subject codec, string name)
    {
        int cores = Environment.ProcessorCount;
        double both = cores / (cores / best + 1 / codec.ImagesPerSecond),
            made =
                subjects
                    .Single(subject => subject.Name.StartsWith(name + " ", StringComparison.Ordinal))
                    .ImagesPerSecond;
        Console.WriteLine(
            $"  {codec.Name}: {1000 / codec.ImagesPerSecond:0.00} ms an image; e and that on {cores} processors: at most "
                + $"{both:0.00}/s (x{both / best:0.000}), of which {name} reaches {made / both:0.000}"
        );
    }
}

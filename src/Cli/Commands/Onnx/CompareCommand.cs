using System.CommandLine;
using System.Globalization;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Cli;

/// <summary><c>imt onnx compare</c>: how far two models' results are apart on real images.</summary>
internal static class CompareCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var first = new Argument<string>("A") { Description = "ONNX model." };
        var second = new Argument<string>("B") { Description = "ONNX model to compare with." };
        var data = new Option<string>("--data", "-d") { Description = "Folder of images.", Required = true };
        var limit = new Option<int>("--limit")
        {
            Description = "Maximum number of images to compare.",
            DefaultValueFactory = _ => 20,
        };
        var tolerance = new Option<int?>("--tolerance")
        {
            Description = "Largest difference of a pixel that still passes, in levels of 0..255.",
        };
        var instances = new InstanceOption(
            "FOLDER",
            "Folder of instance images with the names of the images, for models that read both."
        );
        var foreign = new ForeignModelOptions();
        var command = new ImtCommand(
            "compare",
            "Translate images with two models and show how much the results differ.",
            "imt onnx compare float32.onnx float16.onnx --data images",
            "imt onnx compare ours.onnx theirs.onnx --data images --pixel-range=-1..1 --tolerance 1"
        )
        {
            Notes =
                "The options for third-party models apply to both models; models with a model card need none. Exit code 1 "
                + "if --tolerance is exceeded.",
        }
            .With(first, second)
            .With([data, limit, tolerance, instances, .. foreign.All]);
        command.SetAction(
            (parsed, cancellationToken) =>
            {
                var output = parsed.InvocationConfiguration.Output;
                var options = foreign.Over(new() { Device = TranslationDevice.Cpu }, parsed);
                if (parsed.GetValue(limit) < 1)
                    throw new UserError($"--limit: expected 1 or more, but got {parsed.GetValue(limit)}.");
                string folder = parsed.GetRequiredValue(data),
                    nameA = parsed.GetRequiredValue(first),
                    nameB = parsed.GetRequiredValue(second);
                using TranslationEngine a = EngineArguments.Load(nameA, options),
                    b = EngineArguments.Load(nameB, options);
                var given = parsed.GetValue(instances) is { } place ? new InstanceFolder(place, recursive: true) : null;
                InstanceOption.Check(a, nameA, given is not null);
                InstanceOption.Check(b, nameB, given is not null);
                var files = ImageDecoder.ListFiles(folder).Take(parsed.GetValue(limit)).ToList();
                int largest = Compare(a, b, files, InstancesOf, output, cancellationToken);
                return Task.FromResult(
                    parsed.GetValue(tolerance) is { } most && largest > most ? ExitCodes.Failure : ExitCodes.Success
                );

                RgbImage? InstancesOf(string file) =>
                    given is null
                        ? null
                        : ImageDecoder.DecodeInstances(given.FileOf(file, Path.GetRelativePath(folder, file)));
            }
        );
        return command;
    }

    private static int Compare(
        TranslationEngine a,
        TranslationEngine b,
        IReadOnlyList<string> files,
        Func<string, RgbImage?> instancesOf,
        TextWriter output,
        CancellationToken cancellationToken
    )
    {
        output.WriteLine("Differences in levels of 0..255, PSNR in dB:");
        output.WriteLine($"{"image", -32} {"size", 11} {"largest", 8} {"mean", 8} {"PSNR", 8}");
        var (largest, squares, sum, count) = (0, 0.0, 0.0, 0L);
        foreach (var file in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var image = ImageDecoder.Decode(file);
            var instances = instancesOf(file);
            RgbImage fromA = Translate(a),
                fromB = Translate(b);
            if (fromA.Size != fromB.Size)
                throw new UserError($"The results have different sizes for '{file}': {fromA.Size} and {fromB.Size}.");
            int worst = 0;
            for (int i = 0; i < fromA.Pixels.Length; i++)
                worst = Math.Max(worst, Math.Abs(fromA.Pixels[i] - fromB.Pixels[i]));
            double l1 = ImageScores.MeanAbsoluteError(fromA, fromB),
                mse = ImageScores.MeanSquaredError(fromA, fromB);
            Line(output, Path.GetFileName(file), image.Size, worst, l1, mse);
            largest = Math.Max(largest, worst);
            (sum, squares, count) = (
                sum + l1 * fromA.Pixels.Length,
                squares + mse * fromA.Pixels.Length,
                count + fromA.Pixels.Length
            );

            RgbImage Translate(TranslationEngine engine) =>
                instances is null ? engine.Translate(image) : engine.Translate(image, instances);
        }
        Line(
            output,
            string.Create(CultureInfo.InvariantCulture, $"all {files.Count}"),
            "",
            largest,
            sum / count,
            squares / count
        );
        return largest;
    }

    private static void Line(
        TextWriter output,
        string name,
        string size,
        int largest,
        double mean,
        double squaredError
    ) =>
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{name, -32} {size, 11} {largest, 8} {mean, 8:0.000} "
                    + $"{(squaredError == 0 ? "equal" : (10 * Math.Log10(255 * 255 / squaredError)).ToString("0.00", CultureInfo.InvariantCulture)), 8}"
            )
        );
}

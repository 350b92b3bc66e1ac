using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using MlNetImageTranslation.Trainer;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Cli;

/// <summary><c>imt export</c>: a trained generator as a verified ONNX file.</summary>
internal static class ExportCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var run = new Argument<string>("RUN") { Description = "Run folder." };
        var output = new Option<string>("--output", "-o") { Description = "ONNX file to write.", Required = true };
        var epoch = new Option<string>("--epoch")
        {
            Description = "Weights to export: those of a snapshot by its epoch, the best in validation, or the last.",
            HelpName = "N|best|last",
            DefaultValueFactory = _ => "last",
        };
        var size = new Option<ImageSize?>("--size")
        {
            Description = "Fix the model's image size, 512x256 or 256 (default: any size).",
            CustomParser = ParseSize,
            HelpName = "WIDTHxHEIGHT",
        };
        var pixels = new Option<string>("--interface")
        {
            Description = "uint8: RGB bytes [N,H,W,3]. float: float32 [N,3,H,W] in -1..1. For input and output.",
            DefaultValueFactory = _ => "uint8",
        };
        pixels.AcceptOnlyFromAmong(
            "uint8",
            "float",
            nameof(ModelInterface.Uint8Nhwc),
            nameof(ModelInterface.FloatNchw)
        );
        pixels.HelpName = "uint8|float";
        var generator = new Option<string?>("--generator")
        {
            Description = "Generator to export: generator, generator_ab or generator_ba (default: the first).",
        };
        var norm = new WordOption<NormalizationStatistics?>("--norm-statistics")
        {
            Description =
                "Statistics of batch norms: of the image, or of training (default: image if trained at batch size 1).",
        };
        var half = new Option<bool>("--fp16") { Description = "Store weights as 16-bit floats." };
        var dropout = new Option<bool>("--dropout")
        {
            Description = "Keep dropout on: results differ from run to run.",
        };
        var raw = new Option<bool>("--no-average")
        {
            Description = "Export the weights as trained, even if the run keeps a moving average.",
        };

        var command = new ImtCommand(
            "export",
            "Export a trained generator as an ONNX model, verified against torch.",
            "imt export runs/facades --output facades.onnx",
            "imt export runs/facades --output best.onnx --epoch best --size 256"
        )
        {
            Notes =
                "The model is run and compared with torch on images of the run. A float32 model that differs by more than "
                + "0.001, in units of -1..1, is not written.",
        }
            .With(run)
            .With(output, epoch, size, pixels, generator, norm, half, dropout, raw);
        command.SetAction(parsed =>
        {
            string folder = parsed.GetRequiredValue(run);
            if (RecordedRun.Find(folder) is { IsCoGan: true })
                throw new UserError(
                    $"Run '{folder}' is one of CoGAN, which cannot be exported: no network goes from image to image. "
                        + $"'imt translate --model {folder}' translates with the run. If you need a model, train one on "
                        + "images and their translations: 'imt data combine', then 'imt train regression'."
                );
            var verified = new RunFolder(folder).Export(
                parsed.GetRequiredValue(output),
                parsed.GetValue(epoch)!,
                new()
                {
                    FixedSize = parsed.GetValue(size),
                    Interface = parsed.GetRequiredValue(pixels) is "float" or nameof(ModelInterface.FloatNchw)
                        ? ModelInterface.FloatNchw
                        : ModelInterface.Uint8Nhwc,
                    NormStatistics = parsed.GetValue(norm),
                    Precision = parsed.GetValue(half) ? WeightPrecision.Float16 : WeightPrecision.Float32,
                    DropoutAtInference = parsed.GetValue(dropout),
                },
                parsed.GetValue(generator),
                !parsed.GetValue(raw)
            );
            parsed.InvocationConfiguration.Output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{verified.File}: {verified.Card.Architecture}, epoch {verified.Card.Provenance?.Epoch}, "
                        + $"largest error against torch {Math.Max(0, verified.LargestError):g2} on "
                        + $"{verified.Images} images"
                )
            );
            return ExitCodes.Success;
        });
        return command;
    }

    private static ImageSize? ParseSize(ArgumentResult argument)
    {
        try
        {
            return ImageSize.Parse(argument.Tokens[0].Value);
        }
        catch (FormatException exception)
        {
            argument.AddError(exception.Message);
            return null;
        }
    }
}

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
        var run = new Argument<string>("RUN") { Description = "The run folder." };
        var output = new Option<string>("--output", "-o") { Description = "The ONNX file.", Required = true };
        var epoch = new Option<string>("--epoch")
        {
            Description = "Which weights: a number of epochs of which there is a snapshot, best, or last.",
            HelpName = "N|best|last",
            DefaultValueFactory = _ => "last",
        };
        var size = new Option<ImageSize?>("--size")
        {
            Description = "Fix width and height (512x256, or 256 for a square).",
            CustomParser = ParseSize,
            HelpName = "WIDTHxHEIGHT",
        };
        var pixels = new Option<string>("--interface")
        {
            Description = "uint8: RGB bytes [N,H,W,3] in and out. float: float32 [N,3,H,W] in [-1,1].",
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
            Description = "Which generator of the run: generator, generator_ab or generator_ba (default: the first).",
        };
        var norm = new Option<NormalizationStatistics?>("--norm-statistics")
        {
            Description =
                "Batch norms by running statistics or by the image (default: by the image for models trained at "
                + "batch size 1).",
        };
        var half = new Option<bool>("--fp16") { Description = "Store weights in 16 bits." };
        var dropout = new Option<bool>("--dropout")
        {
            Description = "Keep dropout on: answers differ from run to run.",
        };
        var raw = new Option<bool>("--no-average")
        {
            Description = "The weights as trained, where the run keeps an average.",
        };

        var command = new ImtCommand(
            "export",
            "Write a trained generator as an ONNX file, verified against torch.",
            "imt export runs/facades --output facades.onnx",
            "imt export runs/facades --output best.onnx --epoch best --size 256"
        )
        {
            Notes =
                "The file is run and compared with torch on images of the run; a float32 model that differs by more "
                + "than 0.001 (on the scale of -1..1) is not written.",
        }
            .With(run)
            .With(output, epoch, size, pixels, generator, norm, half, dropout, raw);
        command.SetAction(parsed =>
        {
            var verified = RunExporter.Export(
                parsed.GetRequiredValue(run),
                parsed.GetRequiredValue(output),
                parsed.GetValue(epoch)!,
                new()
                {
                    FixedSize = parsed.GetValue(size),
                    Interface = parsed.GetValue(pixels) is "float" or nameof(ModelInterface.FloatNchw)
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
                        + $"largest error against torch {Math.Max(0, verified.Difference.LargestError):g2} on "
                        + $"{verified.Difference.Images} images"
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

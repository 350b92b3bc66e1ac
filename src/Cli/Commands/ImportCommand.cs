using System.CommandLine;
using System.Globalization;
using MlNetImageTranslation.Evaluation;
using MlNetImageTranslation.Export;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Networks;
using MlNetImageTranslation.Trainer;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Cli;

/// <summary><c>imt import</c>: a checkpoint from elsewhere becomes an ONNX model or safetensors.</summary>
internal static class ImportCommand
{
    private static readonly (string Property, string Option)[] s_options =
    [
        ($"{nameof(ImportOptions)}.{nameof(ImportOptions.Entry)}", "--entry"),
        (
            $"{nameof(OnnxExportOptions)}.{nameof(OnnxExportOptions.Interface)} {nameof(ModelInterface.FloatNchw)}",
            "--interface float"
        ),
        ($"{nameof(OnnxExportOptions)}.{nameof(OnnxExportOptions.DropoutAtInference)}", "--dropout-at-inference"),
        ($"{nameof(OnnxExportOptions)}.{nameof(OnnxExportOptions.NormStatistics)}", "--norm-statistics"),
    ];

    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var file = new Argument<FileInfo>("FILE")
        {
            Description = "PyTorch state dict (.pth, .pt) or safetensors file.",
        };
        var output = new Option<string>("--output", "-o")
        {
            Description = "File to write: .onnx or .safetensors.",
            HelpName = "FILE",
            Required = true,
        };
        var entry = new Option<string?>("--entry")
        {
            Description = "Network to import if the file has several, such as netG_A.",
            HelpName = "NAME",
        };
        var architecture = new Option<string?>("--architecture", "--netG")
        {
            Description = "Architecture (default: detected).",
            HelpName = "NAME",
        };
        var norm = new WordOption<NormalizationKind?>("--norm") { Description = "Normalization (default: detected)." };
        var filters = new Option<int?>("--filters", "--ngf", "--ndf")
        {
            Description = "Filters of the first convolution (default: detected).",
        };
        var channels = new Option<int?>("--channels", "--input_nc")
        {
            Description = "Input channels (default: detected).",
        };
        var outputChannels = new Option<int?>("--output-channels", "--output_nc")
        {
            Description = "Output channels (default: detected).",
        };
        var layers = new Option<int?>("--layers", "--n_layers_D")
        {
            Description = "Strided layers of a PatchGAN (default: detected).",
        };
        var dropout = new Option<bool?>("--dropout")
        {
            Description = "Whether a U-Net has dropout, which its file does not say (default: true).",
        };
        var trained = new Option<int?>("--training-size")
        {
            Description = "Side of the training images, for the model card.",
        };
        var size = new Option<string?>("--size")
        {
            Description = "Fix the ONNX model's image size (default: any size).",
            HelpName = "WIDTHxHEIGHT",
        };
        var statistics = new WordOption<NormalizationStatistics?>("--norm-statistics")
        {
            Description =
                "Normalize by the statistics of the image or of training (default: image for U-Nets and instance norm, "
                + "else running).",
        };
        var pixels = new Option<string>("--interface")
        {
            Description = "uint8: RGB bytes [N,H,W,3]. float: float32 [N,3,H,W] in -1..1. For input and output.",
            DefaultValueFactory = _ => "uint8",
        };
        pixels.AcceptOnlyFromAmong("uint8", "float");
        var half = new Option<bool>("--fp16") { Description = "Store the ONNX model's weights as 16-bit floats." };
        var keepDropout = new Option<bool>("--dropout-at-inference")
        {
            Description = "Keep dropout on in the ONNX model, as in the pix2pix paper: results differ from run to run.",
        };
        var data = new Option<DirectoryInfo?>("--data")
        {
            Description = "Images to verify the ONNX model on (default: synthetic aerial photographs).",
            HelpName = "FOLDER",
        };

        var command = new ImtCommand(
            "import",
            "Turn a PyTorch or safetensors checkpoint into an ONNX model or a safetensors file.",
            "imt import latest_net_G.pth --output facades.onnx",
            "imt import checkpoint.pth --entry netG_A --output horse2zebra.onnx --size 256",
            "imt import latest_net_D.pth --output discriminator.safetensors"
        )
        {
            Notes =
                "Detects the network by the names and shapes of its weights. Reads U-Nets, ResNets, PatchGANs and pixel "
                + "discriminators of\n"
                + "pytorch-CycleGAN-and-pix2pix, torchvision's VGG16, and files that imt wrote. Executes nothing in the "
                + "file. Compares an ONNX model with torch.",
        }
            .With(file)
            .With(
                output,
                entry,
                architecture,
                norm,
                filters,
                channels,
                outputChannels,
                layers,
                dropout,
                trained,
                size,
                statistics,
                pixels,
                half,
                keepDropout,
                data
            );
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(file).FullName;
            if (!File.Exists(path))
                throw new UserError(
                    Directory.Exists(path) ? $"'{path}' is a folder; expected a file." : $"There is no file '{path}'."
                );
            var target = parsed.GetRequiredValue(output);
            var import = new ImportOptions
            {
                Entry = parsed.GetValue(entry),
                Architecture = parsed.GetValue(architecture),
                Norm = parsed.GetValue(norm),
                Filters = parsed.GetValue(filters),
                InputChannels = parsed.GetValue(channels),
                OutputChannels = parsed.GetValue(outputChannels),
                Layers = parsed.GetValue(layers),
                Dropout = parsed.GetValue(dropout),
                Size = parsed.GetValue(trained),
            };
            var export = new OnnxExportOptions
            {
                FixedSize = parsed.GetValue(size) is { } sides ? ImageSize.Parse(sides) : null,
                NormStatistics = parsed.GetValue(statistics),
                Interface = parsed.GetValue(pixels) == "float" ? ModelInterface.FloatNchw : ModelInterface.Uint8Nhwc,
                Precision = parsed.GetValue(half) ? WeightPrecision.Float16 : WeightPrecision.Float32,
                DropoutAtInference = parsed.GetValue(keepDropout),
            };
            if (Path.GetExtension(target).Equals(".safetensors", StringComparison.OrdinalIgnoreCase))
                RefuseModelOptions(parsed, size, statistics, pixels, half, keepDropout, data);
            var images = parsed.GetValue(data) is { } folder ? Images(folder) : null;
            var model = InOptions(() => VerifiedModel.FromCheckpoint(path, target, import, export, images));
            Report(model, target, parsed.InvocationConfiguration.Output);
            return ExitCodes.Success;
        });
        return command;
    }

    private static void RefuseModelOptions(ParseResult parsed, params ReadOnlySpan<Option> options)
    {
        foreach (var option in options)
            if (parsed.GetResult(option) is { Implicit: false })
                throw new UserError($"{option.Name} is for ONNX models; a .safetensors file has weights only.");
    }

    // The libraries name their properties; who is at the command line knows options.
    private static VerifiedModel InOptions(Func<VerifiedModel> convert)
    {
        try
        {
            return convert();
        }
        catch (Exception exception) when (UserErrors.MessageOf(exception) is { } message)
        {
            foreach (var (property, option) in s_options)
                message = message.Replace(property, option, StringComparison.Ordinal);
            throw new UserError(message);
        }
    }

    private static IReadOnlyList<RgbImage> Images(DirectoryInfo folder)
    {
        var files = ImageDecoder.ListFiles(folder.FullName).Take(8).ToList();
        if (files.Count == 0)
            throw new UserError($"There is no image in '{folder.FullName}'.");
        return [.. files.Select(file => ImageDecoder.Decode(file))];
    }

    private static string Counts(NetworkGraph graph)
    {
        var culture = CultureInfo.InvariantCulture;
        return string.Create(culture, $"{graph.TrainableParameters:N0} trainable parameters")
            + (graph.FrozenParameters > 0 ? string.Create(culture, $", {graph.FrozenParameters:N0} frozen") : "")
            + (
                graph.RunningStatistics > 0
                    ? string.Create(culture, $", {graph.RunningStatistics:N0} running statistics")
                    : ""
            );
    }

    private static void Report(VerifiedModel model, string target, TextWriter output)
    {
        var network = model.Network!;
        var graph = network.Graph;
        var norm =
            graph.Layers.OfType<NormalizationLayer>().FirstOrDefault()?.Kind.ToString().ToLowerInvariant() ?? "no";
        var convolutions = graph.Layers.OfType<ConvolutionLayer>().ToList();
        // A local enhancer has half of those that its global generator begins with.
        var first = convolutions.Find(layer => layer.Name == "local.first.conv") ?? convolutions[0];
        int filters = first.OutputChannels;
        output.WriteLine(
            $"{graph.Name}, {graph.Input.Channels} to {graph.Output.Channels} channels, {filters} filters, {norm} "
                + $"norm{(network.Entry.Length > 0 ? $", from '{network.Entry}'" : "")}: "
                + Counts(graph)
        );
        if (network.Ignored.Count > 0)
            output.WriteLine(
                $"Not used: {network.Ignored.Count} tensors "
                    + $"({string.Join(", ", network.Ignored.Take(3))}{(network.Ignored.Count > 3 ? ", ..." : "")})"
            );
        if (model.Card.NormStatistics is { } statistics)
            output.WriteLine(
                $"Norms by the statistics of "
                    + $"{(statistics == NormalizationStatistics.Image ? "the image" : "training")} (--norm-statistics)"
            );
        if (model.Images > 0)
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Verified on {model.Images} images: largest error "
                        + $"{Math.Max(0, model.LargestError):0.0e+0} of [-1, 1], {model.Psnr:0.0} dB"
                )
            );
        output.WriteLine(target);
    }
}

using System.CommandLine;
using MlNetImageTranslation.Networks;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Cli;

/// <summary><c>imt summary</c>: the layers, weights, work and receptive field of an architecture.</summary>
internal static class SummaryCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var name = new Argument<string>("NAME")
        {
            Description = $"Architecture: {string.Join(", ", NetworkCatalog.Names)}.",
        };
        var layers = new Option<int?>("--layers", "--n_layers_D")
        {
            Description = "Depth: strided layers of patch and image, levels of plain-unet.",
        };
        var channels = new Option<int?>("--channels", "--input_nc")
        {
            Description = "Input channels (default: 3; 6 for discriminators of pairs).",
        };
        var outputChannels = new Option<int?>("--output-channels", "--output_nc")
        {
            Description = "Output channels of a generator (default: 3).",
        };
        var norm = new WordOption<NormalizationKind?>("--norm")
        {
            Description = "Normalization (default: the architecture's own).",
        };
        var filters = new Option<int?>("--filters", "--ngf", "--ndf")
        {
            Description = "Filters of the first convolution (default: 64).",
        };
        var size = new WordOption<ImageSize?>("--size")
        {
            Description = "Size of the input in pixels, 512x256 or 256 (default: the architecture's own).",
        };
        var dropout = new Option<bool?>("--dropout")
        {
            Description = "Whether to use dropout (default: the architecture's own).",
        };
        var resize = new Option<bool>("--resize-convolution")
        {
            Description = "ResNets: upsample and convolve instead of using transposed convolutions.",
        };
        var svg = new Option<FileInfo?>("--svg")
        {
            Description = "Draw the network to an SVG file.",
            HelpName = "FILE",
        };

        var json = new Option<FileInfo?>("--json")
        {
            Description =
                "Write the network to a JSON file, to edit and train with --generator-file or --discriminator-file.",
            HelpName = "FILE",
        };

        var command = new ImtCommand(
            "summary",
            "Show an architecture: layers, parameters, multiply-adds, receptive field.",
            "imt summary unet-256",
            "imt summary patch --layers 5",
            "imt summary resnet-9 --size 512x256 --svg resnet.svg"
        )
        {
            Notes =
                "Numbers in names can be changed: unet-512, resnet-4. The names of pytorch-CycleGAN-and-pix2pix "
                + "(unet_256, resnet_9blocks, basic) work too.",
        }
            .With(name)
            .With(layers, channels, outputChannels, norm, filters, size, dropout, resize, svg, json);
        command.SetAction(parsed =>
        {
            var graph = NetworkCatalog.Create(
                new NetworkOptions
                {
                    Architecture = parsed.GetRequiredValue(name),
                    Layers = parsed.GetValue(layers),
                    InputChannels = parsed.GetValue(channels),
                    OutputChannels = parsed.GetValue(outputChannels),
                    Norm = parsed.GetValue(norm),
                    Filters = parsed.GetValue(filters),
                    Size = parsed.GetValue(size)?.Width,
                    Height = parsed.GetValue(size)?.Height,
                    Dropout = parsed.GetValue(dropout),
                    ResizeConvolution = parsed.GetValue(resize),
                }
            );
            parsed.InvocationConfiguration.Output.Write(graph.ToSummary());
            if (parsed.GetValue(svg) is { } file)
                AtomicFile.WriteText(file.FullName, graph.ToSvg());
            if (parsed.GetValue(json) is { } graphFile)
                AtomicFile.WriteText(graphFile.FullName, graph.ToJson());
            return ExitCodes.Success;
        });
        return command;
    }
}

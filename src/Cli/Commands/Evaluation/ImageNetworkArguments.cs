using System.CommandLine;
using MlNetImageTranslation.Evaluation;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Trainer;
using MlNetImageTranslation.Transforms;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Cli;

/// <summary>
/// The options that describe one ONNX network that looks at images: <c>--features</c>, <c>--features-size</c>, ...
/// </summary>
internal sealed class ImageNetworkArguments
{
    private readonly Option<string?> _file;
    private readonly Option<int?> _size;
    private readonly WordOption<ResizeFilter?> _filter;
    private readonly WordOption<PixelRange?> _range;
    private readonly Option<string?> _mean;
    private readonly Option<string?> _std;

    public ImageNetworkArguments(string name, string description)
    {
        _file = new($"--{name}") { Description = description, HelpName = "FILE" };
        _size = new($"--{name}-size")
        {
            Description = "Resize images to this side first (default: the network's own, if it has one).",
        };
        _filter = new($"--{name}-filter") { Description = "Filter to resize with (default: bicubic)." };
        _range = new($"--{name}-range") { Description = "Values of black and white in the input (default: 0..1)." };
        _mean = new($"--{name}-mean")
        {
            Description = "Then subtract: one number, or three separated by commas.",
            HelpName = "X[,Y,Z]",
        };
        _std = new($"--{name}-std")
        {
            Description = "Then divide by: one number, or three separated by commas.",
            HelpName = "X[,Y,Z]",
        };
    }

    public Option[] Options => [_file, _size, _filter, _range, _mean, _std];

    /// <summary>What was said, or null without a file.</summary>
    public ImageNetworkOptions? Read(ParseResult parsed) =>
        parsed.GetValue(_file) is not { } file
            ? null
            : new()
            {
                ModelFile = file,
                Size = parsed.GetValue(_size) is { } side ? new ImageSize(side, side) : null,
                Filter = parsed.GetValue(_filter) ?? ResizeFilter.Bicubic,
                Range = parsed.GetValue(_range) ?? PixelRange.ZeroToOne,
                Mean = ForeignModelOptions.Numbers(parsed, _mean),
                Std = ForeignModelOptions.Numbers(parsed, _std),
            };
}

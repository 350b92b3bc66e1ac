using System.CommandLine;
using System.Globalization;
using MlNetImageTranslation.Cli.Infrastructure;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Cli.Commands.Onnx;

/// <summary>The options that say what a model made elsewhere does not: what its numbers mean.</summary>
internal sealed class ForeignModelOptions
{
    private readonly Option<PixelRange?> _range = new("--pixel-range") { Description = "What black and white are to the model's input." };
    private readonly Option<PixelRange?> _outputRange = new("--output-range") { Description = "The same of its output (default: as the input)." };
    private readonly Option<PixelLayout?> _layout = new("--layout") { Description = "Whether channels come before (Nchw) or after (Nhwc) height and width." };
    private readonly Option<ColorOrder> _colors = new("--color-order") { Description = "The order of its channels.", DefaultValueFactory = _ => ColorOrder.Rgb };
    private readonly Option<string?> _mean = new("--mean") { Description = "What is subtracted from its input: one number, or one for each channel (0.485,0.456,0.406)." };
    private readonly Option<string?> _std = new("--std") { Description = "What its input is divided by, after the mean." };
    private readonly Option<string?> _output = new("--output-name") { Description = "Which output is the picture, where there are several." };
    private readonly Option<int?> _multiple = new("--size-multiple") { Description = "What both sides of a picture must be a multiple of, where the file has no model card." };

    /// <summary>All of them, in the order of help.</summary>
    public Option[] All => [_range, _outputRange, _layout, _colors, _mean, _std, _output, _multiple];

    /// <summary>What was said.</summary>
    /// <exception cref="UserError">A value cannot be read.</exception>
    public TranslationEngineOptions Read(ParseResult parsed) => new()
    {
        PixelRange = parsed.GetValue(_range),
        OutputRange = parsed.GetValue(_outputRange),
        Layout = parsed.GetValue(_layout),
        ColorOrder = parsed.GetValue(_colors),
        Mean = Numbers(parsed, _mean),
        Std = Numbers(parsed, _std),
        OutputName = parsed.GetValue(_output),
        SizeMultiple = parsed.GetValue(_multiple),
    };

    private static float[]? Numbers(ParseResult parsed, Option<string?> option)
    {
        if (parsed.GetValue(option) is not { } text) return null;
        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        var numbers = new float[parts.Length];
        for (int i = 0; i < parts.Length; i++)
            if (!float.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]))
                throw new UserError($"{option.Name}: expected numbers with commas between them, such as 0.485,0.456,0.406, but got '{text}'.");
        return numbers;
    }
}

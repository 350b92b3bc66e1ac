using System.CommandLine;
using System.Globalization;
using MlNetImageTranslation.Export;
using MlNetImageTranslation.Transforms;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Cli;

/// <summary>
/// The options of every command that loads a model: how it takes images, what the file of a third-party model does not say
/// of its numbers, and limits.
/// </summary>
internal sealed class ForeignModelOptions
{
    private readonly Option<string> _mode = ModeOption(
        "Sizes: keep (pad and crop back, the default), resize (to the training size), resize-back (and back), exact.",
        "keep",
        "resize",
        "resize-back",
        "exact"
    );
    private readonly Option<string?> _size = new("--size")
    {
        Description = "Size for the resizing modes, 256 or WIDTHxHEIGHT (default: the model's).",
    };
    private readonly Option<string?> _layout = Choice("--layout", "order of the dimensions.", "nchw", "nhwc");
    private readonly Option<string?> _range = Choice(
        "--pixel-range",
        "values of black and white.",
        "0..255",
        "0..1",
        "-1..1"
    );
    private readonly Option<string?> _outputRange = Choice(
        "--output-range",
        "values of black and white in the output (default: as in the input).",
        "0..255",
        "0..1",
        "-1..1"
    );
    private readonly Option<string?> _colors = Choice(
        "--color-order",
        "order of the colours (default: rgb).",
        "rgb",
        "bgr"
    );
    private readonly Option<string?> _mean = new("--mean")
    {
        Description = "Third-party models: subtract from the channels, such as 0.485,0.456,0.406.",
    };
    private readonly Option<string?> _std = new("--std")
    {
        Description = "Third-party models: then divide the channels by.",
    };
    private readonly Option<bool> _keepColors = new("--keep-colors")
    {
        Description = "Third-party models of brightness: keep the image's colours.",
    };
    private readonly Option<int?> _multiple = new("--size-multiple")
    {
        Description = "Third-party models: sides must be multiples of this (default: found by trying).",
    };
    private readonly Option<string?> _output = new("--output-name")
    {
        Description = "Third-party models with several outputs: the one that is the image.",
    };
    private readonly Option<long> _maxRunPixels = new("--max-run-pixels")
    {
        Description = "The most pixels of a run; larger ones are refused (default: 67108864).",
        DefaultValueFactory = _ => new TranslationEngineOptions().MaxRunPixels,
    };
    private readonly Option<int> _maxOperators = new("--max-operators")
    {
        Description = "The most operators of a model (default: 20000).",
        DefaultValueFactory = _ => new TranslationEngineOptions().MaxOperators,
    };

    /// <summary>All of them, in the order of help.</summary>
    public Option[] All =>
        [
            _mode,
            _size,
            _layout,
            _range,
            _outputRange,
            _colors,
            _mean,
            _std,
            _keepColors,
            _multiple,
            _output,
            _maxRunPixels,
            _maxOperators,
        ];

    /// <summary>The options with what was said.</summary>
    /// <exception cref="UserError">A value cannot be read.</exception>
    public TranslationEngineOptions Over(TranslationEngineOptions options, ParseResult parsed) =>
        options with
        {
            Mode = parsed.GetValue(_mode) switch
            {
                "resize" => TranslationMode.ResizeToTraining,
                "resize-back" => TranslationMode.ResizeToTrainingAndBack,
                "exact" => TranslationMode.Exact,
                _ => TranslationMode.KeepSize,
            },
            Size = Size(parsed),
            Layout = parsed.GetValue(_layout) switch
            {
                "nchw" => PixelLayout.Nchw,
                "nhwc" => PixelLayout.Nhwc,
                _ => null,
            },
            PixelRange = Range(parsed.GetValue(_range)),
            OutputRange = Range(parsed.GetValue(_outputRange)),
            ColorOrder = parsed.GetValue(_colors) == "bgr" ? ColorOrder.Bgr : ColorOrder.Rgb,
            Mean = Numbers(parsed, _mean),
            Std = Numbers(parsed, _std),
            KeepColors = parsed.GetValue(_keepColors),
            SizeMultiple = parsed.GetValue(_multiple),
            OutputName = parsed.GetValue(_output),
            MaxRunPixels = parsed.GetValue(_maxRunPixels),
            MaxOperators = parsed.GetValue(_maxOperators),
        };

    private static PixelRange? Range(string? text) =>
        text switch
        {
            "0..255" => PixelRange.ZeroTo255,
            "0..1" => PixelRange.ZeroToOne,
            "-1..1" => PixelRange.MinusOneToOne,
            _ => null,
        };

    private ImageSize? Size(ParseResult parsed)
    {
        if (parsed.GetValue(_size) is not { } size)
        {
            return null;
        }

        string mode = parsed.GetRequiredValue(_mode);
        return mode is "resize" or "resize-back"
            ? ImageSize.Parse(size)
            : throw new UserError($"--size is for --mode resize and --mode resize-back, but the mode is {mode}.");
    }

    private static Option<string> ModeOption(string description, params string[] values)
    {
        var option = new Option<string>("--mode") { Description = description, DefaultValueFactory = _ => values[0] };
        option.AcceptOnlyFromAmong(values);
        return option;
    }

    private static Option<string?> Choice(string name, string description, params string[] values)
    {
        var option = new Option<string?>(name) { Description = "Third-party models: " + description };
        option.AcceptOnlyFromAmong(values);
        option.HelpName = string.Join("|", values);
        return option;
    }

    private static float[]? Numbers(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) is not { } text
            ? null
            :
            [
                .. text.Split(',')
                    .Select(part =>
                        float.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out float value)
                            ? value
                            : throw new UserError(
                                $"{option.Name} is '{text}'; expected numbers with commas between them, such as "
                                    + $"0.485,0.456,0.406."
                            )
                    ),
            ];
}

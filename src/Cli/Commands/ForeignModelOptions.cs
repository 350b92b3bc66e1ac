using System.CommandLine;
using System.Globalization;
using MlNetImageTranslation.Export;
using MlNetImageTranslation.Transforms;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Cli;

/// <summary>
/// The options of every command that loads a model: how it takes images, what the file of a third-party model does not
/// say of its numbers, and limits.
/// </summary>
internal sealed class ForeignModelOptions
{
    private readonly WordOption<TranslationMode?> _mode = new("--mode")
    {
        Description =
            "Sizes: keep (pad and crop back, the default), resize (to the training size), resize-back (and back), exact.",
    };
    private readonly Option<string?> _size = new("--size")
    {
        Description = "Size for the resizing modes, 256 or WIDTHxHEIGHT (default: the model's).",
    };
    private readonly WordOption<PixelLayout?> _layout = new("--layout")
    {
        Description = "Third-party models: order of the dimensions.",
    };
    private readonly WordOption<PixelRange?> _range = new("--pixel-range")
    {
        Description = "Third-party models: values of black and white.",
    };
    private readonly WordOption<PixelRange?> _outputRange = new("--output-range")
    {
        Description = "Third-party models: values of black and white in the output (default: as in the input).",
    };
    private readonly WordOption<OutputActivation?> _activation = new("--output-activation")
    {
        Description = "Third-party models: apply to the output, for models that give logits (default: none).",
    };
    private readonly WordOption<ColorOrder?> _colors = new("--color-order")
    {
        Description = "Third-party models: order of the colours (default: rgb).",
    };
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
        Description = "The most pixels of a run; larger ones are refused.",
        DefaultValueFactory = _ => new TranslationEngineOptions().MaxRunPixels,
    };
    private readonly Option<int> _maxOperators = new("--max-operators")
    {
        Description = "The most operators of a model.",
        DefaultValueFactory = _ => new TranslationEngineOptions().MaxOperators,
    };
    private readonly Option<long?> _maxRunBytes = new("--max-run-bytes")
    {
        Description =
            "The most bytes of memory of a run; larger ones are refused (default: 1 GiB, 16 KiB per pixel and four times "
            + "the model's file).",
    };
    private readonly Option<double> _maxLoadSeconds = new("--max-load-seconds")
    {
        Description = "The longest that loading a model may take, in seconds.",
        DefaultValueFactory = _ => new TranslationEngineOptions().MaxLoadSeconds,
    };

    /// <summary>All of them, in the order of help.</summary>
    public Option[] All =>
        [
            _mode,
            _size,
            _layout,
            _range,
            _outputRange,
            _activation,
            _colors,
            _mean,
            _std,
            _keepColors,
            _multiple,
            _output,
            _maxRunPixels,
            _maxOperators,
            _maxRunBytes,
            _maxLoadSeconds,
        ];

    /// <summary>The options with what was said.</summary>
    /// <exception cref="UserError">A value cannot be read.</exception>
    public TranslationEngineOptions Over(TranslationEngineOptions options, ParseResult parsed) =>
        options with
        {
            Mode = parsed.GetValue(_mode) ?? TranslationMode.KeepSize,
            Size = Size(parsed),
            Layout = parsed.GetValue(_layout),
            PixelRange = parsed.GetValue(_range),
            OutputRange = parsed.GetValue(_outputRange),
            OutputActivation = parsed.GetValue(_activation) ?? OutputActivation.None,
            ColorOrder = parsed.GetValue(_colors) ?? ColorOrder.Rgb,
            Mean = Numbers(parsed, _mean),
            Std = Numbers(parsed, _std),
            KeepColors = parsed.GetValue(_keepColors),
            SizeMultiple = parsed.GetValue(_multiple),
            OutputName = parsed.GetValue(_output),
            MaxRunPixels = parsed.GetValue(_maxRunPixels),
            MaxOperators = parsed.GetValue(_maxOperators),
            MaxRunBytes = parsed.GetValue(_maxRunBytes),
            MaxLoadSeconds = parsed.GetValue(_maxLoadSeconds),
        };

    private ImageSize? Size(ParseResult parsed)
    {
        if (parsed.GetValue(_size) is not { } size)
        {
            return null;
        }

        return parsed.GetValue(_mode) is TranslationMode.ResizeToTraining or TranslationMode.ResizeToTrainingAndBack
            ? ImageSize.Parse(size)
            : throw new UserError(
                "--size is for --mode resize and --mode resize-back, but the mode is "
                    + $"{parsed.GetResult(_mode)?.Tokens.FirstOrDefault()?.Value ?? "keep"}."
            );
    }

    /// <summary>The numbers of an option, with commas between them; null where it is not given.</summary>
    /// <exception cref="UserError">They are no numbers.</exception>
    internal static float[]? Numbers(ParseResult parsed, Option<string?> option) =>
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

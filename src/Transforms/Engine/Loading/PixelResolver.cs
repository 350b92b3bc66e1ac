using MlNetImageTranslation.Export;
using MlNetImageTranslation.Networks;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Transforms;

/// <summary>Finds out what a model's tensors mean in pixels.</summary>
internal static class PixelResolver
{
    /// <summary>
    /// Finds the meaning from the file, its card and the options; what stays open is an error that names the option.
    /// </summary>
    /// <exception cref="NotSupportedException">The model is no image-to-image model, or needs what cannot be run
    /// here.</exception>
    /// <exception cref="ArgumentException">Something has to be said that the file does not say.</exception>
    public static PixelInterface Resolve(OnnxModelInfo file, ModelCard? card, TranslationEngineOptions options)
    {
        if (file.ExternalTensor is { } external)
            throw new NotSupportedException(
                $"The model keeps the values of '{external}' in another file, which is only found where the model is "
                    + "loaded from its file."
            );
        var foreign = file.ForeignOperators.Select(name => $"{name} x {file.Operators[name]}").ToArray();
        if (foreign.Length > 0)
            throw new NotSupportedException(
                $"The model uses operators outside of the ONNX standard: {string.Join(", ", foreign)}."
            );
        if (file.Opset < 7)
            throw new NotSupportedException($"The model is written in ONNX opset {file.Opset}; 7 or newer is needed.");
        if (file.Inputs.Count != 1)
            throw new NotSupportedException(
                $"An image translator has one input; this model has {file.Inputs.Count}: "
                    + $"{string.Join(", ", file.Inputs)}. An input that no image goes to, such as a level of noise, "
                    + "needs its value in the file: an initializer of the same name."
            );
        var (input, output) = (file.Inputs[0], SelectOutput(file, options));
        bool ours = card?.Interface is not null;
        if (ours && NetworkCatalog.Discriminators.Contains(card!.Architecture))
            throw new NotSupportedException(
                $"The model is a discriminator ({card.Architecture}): it judges images and makes none."
            );
        CheckElementType(input);
        CheckElementType(output);
        var layout = ours ? LayoutOf(card!) : options.Layout;
        var tensors = new PixelInterface(file.Opset, input, output, layout, ours && card!.ReadsInstances);
        int inputChannels = tensors.InputChannels;
        var (inputMinimum, inputMaximum) = InputRange(input, card, options);
        var (outputMinimum, outputMaximum) = OutputRange(
            output,
            card,
            options,
            input.ElementType,
            (inputMinimum, inputMaximum)
        );
        float step = (inputMaximum - inputMinimum) / 255f,
            outputScale = 255f / (outputMaximum - outputMinimum);
        var (scale, offset) = (new float[inputChannels], new float[inputChannels]);
        for (int c = 0; c < inputChannels; c++)
        {
            float mean = ChannelValue(ours ? null : options.Mean, c, inputChannels, nameof(options.Mean), 0),
                std = ChannelValue(ours ? null : options.Std, c, inputChannels, nameof(options.Std), 1);
            (scale[c], offset[c]) = (step / std, (inputMinimum - mean) / std);
        }
        return tensors with
        {
            ColorOrder = ours ? ColorOrder.Rgb : options.ColorOrder,
            InputScale = [.. scale],
            InputOffset = [.. offset],
            OutputActivation = ours ? OutputActivation.None : options.OutputActivation,
            OutputScale = outputScale,
            OutputOffset = -outputMinimum * outputScale,
        };
    }

    private static string Ranges =>
        $"{PixelRange.ZeroTo255} (0..255), {PixelRange.ZeroToOne} (0..1) or {PixelRange.MinusOneToOne} (-1..1)";

    private static PixelLayout LayoutOf(ModelCard card) =>
        card.Interface == ModelInterface.Uint8Nhwc ? PixelLayout.Nhwc : PixelLayout.Nchw;

    private static OnnxTensorInfo SelectOutput(OnnxModelInfo file, TranslationEngineOptions options)
    {
        if (options.OutputName is { } name)
            return file.Outputs.FirstOrDefault(output => output.Name == name)
                ?? throw new ArgumentOutOfRangeException(
                    nameof(options.OutputName),
                    name,
                    $"The model has no such output, but: {string.Join(", ", file.Outputs)}."
                );
        return file.Outputs.Count == 1
            ? file.Outputs[0]
            : throw new ArgumentException(
                $"The model has {file.Outputs.Count} outputs: {string.Join(", ", file.Outputs)}. Say by "
                    + $"{nameof(options.OutputName)} which one is the image.",
                nameof(options.OutputName)
            );
    }

    private static void CheckElementType(OnnxTensorInfo tensor)
    {
        if (
            tensor.ElementType
            is not (OnnxElementType.Float or OnnxElementType.UInt8 or OnnxElementType.Float16 or OnnxElementType.Double)
        )
            throw new NotSupportedException(
                $"Images are tensors of float, float16, double or uint8; this model has {tensor}."
            );
    }

    private static (float Minimum, float Maximum) InputRange(
        OnnxTensorInfo input,
        ModelCard? card,
        TranslationEngineOptions options
    )
    {
        if (card?.Interface == ModelInterface.FloatNchw)
            return (card.PixelMinimum, card.PixelMaximum);
        if (input.ElementType == OnnxElementType.UInt8)
        {
            // What this library exported scales inside, whatever its network reads.
            if (card?.Interface is null)
                CheckBytes(input, options);
            return (0, 255);
        }
        if (options.PixelRange is { } range)
            return Values(range);
        if (options.Mean is not null || options.Std is not null)
            return (0, 1);
        throw new ArgumentException(
            $"The model's input {input} does not say what black and white are. Say by {nameof(options.PixelRange)} "
                + $"as {Ranges}; or by {nameof(options.Mean)} and by {nameof(options.Std)}.",
            nameof(options.PixelRange)
        );
    }

    // Bytes hold neither fractions nor what is below 0.
    private static void CheckBytes(OnnxTensorInfo input, TranslationEngineOptions options)
    {
        string? option =
            options.PixelRange is not (null or PixelRange.ZeroTo255) ? nameof(options.PixelRange)
            : options.Mean is not null ? nameof(options.Mean)
            : options.Std is not null ? nameof(options.Std)
            : null;
        if (option is not null)
            throw new ArgumentException(
                $"The model's input {input} takes bytes, with black 0 and white 255, and scales them itself; "
                    + $"{option} is for models that take numbers. For what black and white are in the output there is "
                    + $"{nameof(options.OutputRange)}.",
                option
            );
    }

    private static (float Minimum, float Maximum) OutputRange(
        OnnxTensorInfo output,
        ModelCard? card,
        TranslationEngineOptions options,
        OnnxElementType inputType,
        (float, float) input
    )
    {
        if (card?.Interface == ModelInterface.FloatNchw)
            return (card.PixelMinimum, card.PixelMaximum);
        if (output.ElementType == OnnxElementType.UInt8)
            return options.OutputActivation == OutputActivation.None
                ? (0, 255)
                : throw new ArgumentException(
                    $"{nameof(options.OutputActivation)} is for models that give numbers; this model gives bytes: "
                        + $"{output}.",
                    nameof(options.OutputActivation)
                );
        if (options.OutputRange is { } range)
            return Values(range);
        if (options.OutputActivation != OutputActivation.None)
            return options.OutputActivation == OutputActivation.Sigmoid ? (0, 1) : (-1, 1);
        // A model that takes bytes as they are may give floats of any range.
        return inputType != OnnxElementType.UInt8 || options.PixelRange is not null
            ? input
            : throw new ArgumentException(
                $"The model's output {output} does not say what black and white are. Say by "
                    + $"{nameof(options.OutputRange)}: {Ranges}.",
                nameof(options.OutputRange)
            );
    }

    private static (float Minimum, float Maximum) Values(PixelRange range) =>
        range switch
        {
            PixelRange.ZeroTo255 => (0, 255),
            PixelRange.ZeroToOne => (0, 1),
            PixelRange.MinusOneToOne => (-1, 1),
            _ => throw new ArgumentOutOfRangeException(
                nameof(range),
                range,
                $"Expected {string.Join(", ", Enum.GetNames<PixelRange>())}."
            ),
        };

    private static float ChannelValue(
        IReadOnlyList<float>? values,
        int channel,
        int channels,
        string name,
        float none
    ) =>
        values switch
        {
            null => none,
            { Count: 1 } => values[0],
            _ when values.Count == channels => values[channel],
            _ => throw new ArgumentOutOfRangeException(
                name,
                string.Join(", ", values),
                $"Expected 1 value or one for each of the {channels} channels of the model's input."
            ),
        };
}

namespace MlNetImageTranslation.Transforms;

/// <summary>What can be refused before a model is given to the runtime.</summary>
internal static class ModelCheck
{
    /// <exception cref="ArgumentException">An option does not fit the model, or a limit is exceeded; the parameter's
    /// name is the option's.</exception>
    public static void Check(EngineModel model, TranslationEngineOptions options)
    {
        if (options.KeepColors && model.Pixels is not { InputChannels: 1, OutputChannels: 1 })
            throw new ArgumentException(
                $"{nameof(options.KeepColors)} is for models with one channel in and out; {model.Name} has "
                    + $"{model.Pixels.InputChannels} and {model.Pixels.OutputChannels}.",
                nameof(options.KeepColors)
            );
        CheckSize(model, options);
        CheckLimits(model, options);
    }

    private static void CheckSize(EngineModel model, TranslationEngineOptions options)
    {
        if (!options.Resizes)
            return;
        if (model.TrainingSize is not { } size)
            throw new ArgumentException(
                $"{model.Name} does not say the size it was trained on. Say by {nameof(options.Size)}.",
                nameof(options.Size)
            );
        if ((model.Height ?? size.Height) != size.Height || (model.Width ?? size.Width) != size.Width)
            throw new ArgumentOutOfRangeException(
                nameof(options.Size),
                size,
                $"{model.Name} reads images of {Side(model.Width, "any width")} x {Side(model.Height, "any height")} "
                    + $"only."
            );
    }

    private static void CheckLimits(EngineModel model, TranslationEngineOptions options)
    {
        int operators = model.Info.Operators.Values.Sum();
        if (operators > options.MaxOperators)
            throw new ArgumentException(
                $"{model.Name} has {operators} operators; {nameof(options.MaxOperators)} allows "
                    + $"{options.MaxOperators}.",
                nameof(options.MaxOperators)
            );
        long multiple = model.Card?.SizeMultiple ?? 1,
            least = (model.Height ?? multiple) * (model.Width ?? multiple);
        CheckPixels(model, options, least);
    }

    /// <exception cref="ArgumentException">A run would be larger than the limit.</exception>
    public static void CheckPixels(EngineModel model, TranslationEngineOptions options, long pixels)
    {
        // As a product of sides that a file says, it may be larger than any integer.
        double all = (double)pixels * (model.Pixels.FixedBatch ?? 1);
        if (all > options.MaxRunPixels)
            throw new ArgumentException(
                $"A run of {model.Name} would have {all:0} pixels; {nameof(options.MaxRunPixels)} allows "
                    + $"{options.MaxRunPixels}.",
                nameof(options.MaxRunPixels)
            );
    }

    private static string Side(int? side, string any) => side?.ToString() ?? any;
}

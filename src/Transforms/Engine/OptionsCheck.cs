using System.Numerics;

namespace MlNetImageTranslation.Transforms;

/// <summary>Refuses values of options that make no sense, by the option's name.</summary>
internal static class OptionsCheck
{
    /// <exception cref="ArgumentException">A value makes no sense; the parameter's name is the option's.</exception>
    public static void Check(TranslationEngineOptions options)
    {
        Defined(options.Device, nameof(options.Device));
        Defined(options.Mode, nameof(options.Mode));
        Defined(options.Scheduling, nameof(options.Scheduling));
        Defined(options.ConvolutionAlgorithm, nameof(options.ConvolutionAlgorithm));
        Defined(options.ConvolutionSearch, nameof(options.ConvolutionSearch));
        Defined(options.ColorOrder, nameof(options.ColorOrder));
        Defined(options.Layout ?? default, nameof(options.Layout));
        Defined(options.PixelRange ?? default, nameof(options.PixelRange));
        Defined(options.OutputRange ?? default, nameof(options.OutputRange));
        Defined(options.OutputActivation, nameof(options.OutputActivation));
        AtLeast(1, options.Threads, nameof(options.Threads));
        AtLeast(1, options.ParallelRuns, nameof(options.ParallelRuns));
        AtLeast(1, options.BatchSize, nameof(options.BatchSize));
        AtLeast(1, options.SizeMultiple, nameof(options.SizeMultiple));
        AtLeast(1, options.MaxOperators, nameof(options.MaxOperators));
        AtLeast<long>(1, options.MaxRunPixels, nameof(options.MaxRunPixels));
        AtLeast<long>(1, options.MaxRunBytes, nameof(options.MaxRunBytes));
        if (!(options.MaxLoadSeconds is > 0 and <= 1e6))
            throw new ArgumentOutOfRangeException(
                nameof(options.MaxLoadSeconds),
                options.MaxLoadSeconds,
                "Expected more than 0 and at most 1000000 seconds."
            );
        AtLeast(0, options.GpuDeviceId, nameof(options.GpuDeviceId));
        AtLeast<long>(0, options.TilePixels, nameof(options.TilePixels));
        AtLeast(0, options.TileOverlap, nameof(options.TileOverlap));
        AtLeast(0, options.StatisticsPasses, nameof(options.StatisticsPasses));
        Finite(options.Mean, nameof(options.Mean), "finite numbers", value => true);
        Finite(options.Std, nameof(options.Std), "finite numbers other than 0", value => value != 0);
        if (options.Size is not null && !options.Resizes)
            throw new ArgumentException(
                $"{nameof(options.Size)} is for {nameof(options.Mode)} = {TranslationMode.ResizeToTraining} or "
                    + $"{TranslationMode.ResizeToTrainingAndBack}; the mode is {options.Mode}.",
                nameof(options.Size)
            );
        if (options.Size is { Height: < 1 } or { Width: < 1 })
            throw new ArgumentOutOfRangeException(
                nameof(options.Size),
                options.Size,
                "Expected sides of at least 1 pixel."
            );
    }

    private static void Defined<T>(T value, string name)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
            throw new ArgumentOutOfRangeException(
                name,
                value,
                $"Expected one of {string.Join(", ", Enum.GetNames<T>())}."
            );
    }

    private static void AtLeast<T>(T least, T? value, string name)
        where T : struct, INumber<T>
    {
        if (value < least)
            throw new ArgumentOutOfRangeException(name, value, $"Expected at least {least}.");
    }

    private static void Finite(IReadOnlyList<float>? values, string name, string expected, Func<float, bool> allowed)
    {
        if (values is not null && values.Any(value => !float.IsFinite(value) || !allowed(value)))
            throw new ArgumentOutOfRangeException(name, string.Join(", ", values), $"Expected {expected}.");
    }
}

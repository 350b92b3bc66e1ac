using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Cli;

/// <summary>What the options of the engine are called on the command line.</summary>
internal static class EngineOptionNames
{
    private static readonly Dictionary<string, string> s_names = new(StringComparer.Ordinal)
    {
        [nameof(TranslationEngineOptions.Device)] = "--device",
        [nameof(TranslationEngineOptions.GpuDeviceId)] = "--gpu-id",
        [nameof(TranslationEngineOptions.FallbackToCpu)] = "--cpu-fallback",
        [nameof(TranslationEngineOptions.Mode)] = "--mode",
        [nameof(TranslationEngineOptions.Size)] = "--size",
        [nameof(TranslationEngineOptions.Threads)] = "--threads",
        [nameof(TranslationEngineOptions.BatchSize)] = "--batch-size",
        [nameof(TranslationEngineOptions.ConvolutionSearch)] = "--convolution-search",
        [nameof(TranslationEngineOptions.TilePixels)] = "--tile-pixels",
        [nameof(TranslationEngineOptions.TileOverlap)] = "--tile-overlap",
        [nameof(TranslationEngineOptions.StatisticsPasses)] = "--statistics-passes",
        [nameof(TranslationEngineOptions.MaxRunPixels)] = "--max-run-pixels",
        [nameof(TranslationEngineOptions.MaxOperators)] = "--max-operators",
        [nameof(TranslationEngineOptions.Layout)] = "--layout",
        [nameof(TranslationEngineOptions.PixelRange)] = "--pixel-range",
        [nameof(TranslationEngineOptions.OutputRange)] = "--output-range",
        [nameof(TranslationEngineOptions.ColorOrder)] = "--color-order",
        [nameof(TranslationEngineOptions.Mean)] = "--mean",
        [nameof(TranslationEngineOptions.Std)] = "--std",
        [nameof(TranslationEngineOptions.KeepColors)] = "--keep-colors",
        [nameof(TranslationEngineOptions.SizeMultiple)] = "--size-multiple (or --mode resize-back --size)",
        [nameof(TranslationEngineOptions.OutputName)] = "--output-name",
    };

    /// <summary>
    /// A sentence that names the option of the command line where an exception asks for one or refuses its value; else
    /// nothing.
    /// </summary>
    public static string Hint(Exception exception) =>
        exception switch
        {
            ArgumentException { ParamName: { } name } when s_names.TryGetValue(name, out var option) =>
                $" On the command line: {option}.",
            CudaNotUsableException =>
                $" On the command line: {s_names[nameof(TranslationEngineOptions.FallbackToCpu)]}.",
            _ => "",
        };
}

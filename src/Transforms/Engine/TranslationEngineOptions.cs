using MlNetImageTranslation.Export;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Transforms;

/// <summary>
/// How a <see cref="TranslationEngine"/> runs a model. What is not set is found from the model, its card and the
/// machine.
/// </summary>
public sealed record TranslationEngineOptions
{
    /// <summary>Where the model runs.</summary>
    public TranslationDevice Device { get; init; } = TranslationDevice.Auto;

    /// <summary>
    /// The GPU's number, from 0; null means 0. Set, it turns <see cref="TranslationDevice.Auto"/> into
    /// <see cref="TranslationDevice.Cuda"/>.
    /// </summary>
    public int? GpuDeviceId { get; init; }

    /// <summary>Whether the CPU may do the work where CUDA was asked for and is not there.</summary>
    public bool AllowCpuFallback { get; init; }

    /// <summary>How images of any size go through the model.</summary>
    public TranslationMode Mode { get; init; } = TranslationMode.KeepSize;

    /// <summary>The size for the resizing modes; null means the model's only size, else its training size.</summary>
    public ImageSize? Size { get; init; }

    /// <summary>CPU threads in all; null means one for each core.</summary>
    public int? Threads { get; init; }

    /// <summary>How the CPU's threads are spent.</summary>
    public TranslationScheduling Scheduling { get; init; } = TranslationScheduling.Auto;

    /// <summary>How convolutions are computed on a CPU; a GPU always goes by the file.</summary>
    public ConvolutionAlgorithm ConvolutionAlgorithm { get; init; } = ConvolutionAlgorithm.Auto;

    /// <summary>
    /// The most runs at a time; null leaves it to <see cref="Scheduling"/>. Set, every run gets its share of the
    /// threads.
    /// </summary>
    public int? ParallelRuns { get; init; }

    /// <summary>Images of one size in one run; null means 1 on the CPU and 8 on a GPU.</summary>
    public int? BatchSize { get; init; }

    /// <summary>
    /// The most pixels of an image (after padding) that go through the model at once; larger images are cut into
    /// overlapping tiles. Null finds it from free memory; 0 never cuts.
    /// </summary>
    public long? TilePixels { get; init; }

    /// <summary>
    /// How far neighbouring tiles overlap, in pixels; at most half a tile; null means as much as the model's receptive
    /// field asks for (where it is known, tiles then give what the whole image gives), else 64.
    /// </summary>
    public int? TileOverlap { get; init; }

    /// <summary>
    /// For images that are cut into tiles, and models whose instance norms see the whole image: how many passes over
    /// all tiles first measure the image's statistics, by which all tiles are then normalized. 0 lets every tile go by
    /// its own, which shows as steps of tone between tiles. The first pass gets the first norm right, every further
    /// pass one more and all others closer. Costs a run per tile and pass, and the weights once more in memory.
    /// </summary>
    public int StatisticsPasses { get; init; }

    /// <summary>The order of the model's dimensions, where neither its card nor its shapes tell.</summary>
    public PixelLayout? Layout { get; init; }

    /// <summary>What black and white are to the model, where neither its card nor its element type tells.</summary>
    public PixelRange? PixelRange { get; init; }

    /// <summary>What black and white are in the model's output; null means as in its input.</summary>
    public PixelRange? OutputRange { get; init; }

    /// <summary>The order of the model's colours; RGB when not set.</summary>
    public ColorOrder ColorOrder { get; init; } = ColorOrder.Rgb;

    /// <summary>
    /// Subtracted from every channel of the input, in units of <see cref="PixelRange"/> (0..1 when that is not set), in
    /// the model's colour order.
    /// </summary>
    public IReadOnlyList<float>? Mean { get; init; }

    /// <summary>Divides every channel of the input after <see cref="Mean"/>.</summary>
    public IReadOnlyList<float>? Std { get; init; }

    /// <summary>
    /// For models with one channel in and out that work on brightness alone (most super-resolution): whether the result
    /// gets the image's colours, resized to it. Else it is gray.
    /// </summary>
    public bool KeepColors { get; init; }

    /// <summary>
    /// What both sides of an image must be a multiple of, for models without a card; null finds it by trying.
    /// </summary>
    public int? SizeMultiple { get; init; }

    /// <summary>The name of the model's output to take, where it has several.</summary>
    public string? OutputName { get; init; }

    internal void Check()
    {
        if (!Enum.IsDefined(ConvolutionAlgorithm))
            throw new ArgumentOutOfRangeException(
                nameof(ConvolutionAlgorithm),
                ConvolutionAlgorithm,
                $"Expected {string.Join(" or ", Enum.GetNames<ConvolutionAlgorithm>())}."
            );
        Positive(Threads, nameof(Threads));
        Positive(ParallelRuns, nameof(ParallelRuns));
        Positive(BatchSize, nameof(BatchSize));
        Positive(SizeMultiple, nameof(SizeMultiple));
        if (GpuDeviceId is < 0)
            throw new ArgumentOutOfRangeException(nameof(GpuDeviceId), GpuDeviceId, "A GPU's number is 0 or more.");
        if (TilePixels is < 0)
            throw new ArgumentOutOfRangeException(
                nameof(TilePixels),
                TilePixels,
                "Expected a number of pixels, or 0 for no tiles."
            );
        if (StatisticsPasses < 0)
            throw new ArgumentOutOfRangeException(
                nameof(StatisticsPasses),
                StatisticsPasses,
                "Expected 0 or more passes."
            );
        if (TileOverlap is < 0)
            throw new ArgumentOutOfRangeException(nameof(TileOverlap), TileOverlap, "Expected 0 or more pixels.");
        if (Std is not null && Std.Any(value => value == 0 || !float.IsFinite(value)))
            throw new ArgumentOutOfRangeException(
                nameof(Std),
                string.Join(", ", Std),
                "Expected finite numbers other than 0."
            );
        if (Mean is not null && Mean.Any(value => !float.IsFinite(value)))
            throw new ArgumentOutOfRangeException(nameof(Mean), string.Join(", ", Mean), "Expected finite numbers.");
        if (Size is { Height: < 1 } or { Width: < 1 })
            throw new ArgumentOutOfRangeException(nameof(Size), Size, "Expected sides of at least 1.");
    }

    private static void Positive(int? value, string name)
    {
        if (value is < 1)
            throw new ArgumentOutOfRangeException(name, value, "Expected at least 1.");
    }
}

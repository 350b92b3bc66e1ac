using System.ComponentModel;
using System.Text.Json.Serialization;
using MlNetImageTranslation.Export;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Transforms;

/// <summary>
/// How a model is run, by a <see cref="TranslationEngine"/> or, with its columns, by
/// <see cref="ImageTranslationOptions"/>. What is not set is found from the model, its card and the machine.
/// </summary>
public record TranslationEngineOptions
{
    /// <summary>Where the model runs.</summary>
    public TranslationDevice Device { get; set; } = TranslationDevice.Auto;

    /// <summary>
    /// The GPU's number, from 0; null means the MLContext's, else 0. Set here or there, it turns
    /// <see cref="TranslationDevice.Auto"/> into <see cref="TranslationDevice.Cuda"/>.
    /// </summary>
    public int? GpuDeviceId { get; set; }

    /// <summary>
    /// Whether the CPU may do the work where CUDA was asked for and does not work; null means the MLContext's
    /// FallbackToCpu, else false.
    /// </summary>
    public bool? FallbackToCpu { get; set; }

    /// <summary>The former name of <see cref="FallbackToCpu"/>.</summary>
    [Obsolete($"Use {nameof(FallbackToCpu)}.")]
    [EditorBrowsable(EditorBrowsableState.Never)]
    [JsonIgnore]
    public bool AllowCpuFallback
    {
        get => FallbackToCpu ?? false;
        set => FallbackToCpu = value;
    }

    /// <summary>How images of any size go through the model.</summary>
    public TranslationMode Mode { get; set; } = TranslationMode.KeepSize;

    /// <summary>
    /// The size for the resizing modes, an error in others; null means the model's only size, else its training size.
    /// </summary>
    public ImageSize? Size { get; set; }

    /// <summary>CPU threads in all; null means one for each core.</summary>
    public int? Threads { get; set; }

    /// <summary>How the CPU's threads are spent.</summary>
    public TranslationScheduling Scheduling { get; set; } = TranslationScheduling.Auto;

    /// <summary>
    /// The most runs at a time; null leaves it to <see cref="Scheduling"/>. Set, every run gets its share of the
    /// threads.
    /// </summary>
    public int? ParallelRuns { get; set; }

    /// <summary>Images of one size in one run; null means 1 on the CPU and 8 on a GPU.</summary>
    public int? BatchSize { get; set; }

    /// <summary>
    /// How convolutions are computed on a CPU; a GPU goes by the file, and so do saved pipelines of stock transformers.
    /// </summary>
    public ConvolutionAlgorithm ConvolutionAlgorithm { get; set; } = ConvolutionAlgorithm.Auto;

    /// <summary>How the algorithms of convolutions are found on a GPU.</summary>
    public ConvolutionSearch ConvolutionSearch { get; set; } = ConvolutionSearch.Auto;

    /// <summary>
    /// The most pixels of an image (after padding) that go through the model at once; larger images are cut into
    /// overlapping tiles. Null finds it from free memory; 0 never cuts.
    /// </summary>
    public long? TilePixels { get; set; }

    /// <summary>
    /// How far neighbouring tiles overlap, in pixels; at most half a tile; null means as much as the model's receptive
    /// field asks for (where it is known, tiles then give what the whole image gives), else 64.
    /// </summary>
    public int? TileOverlap { get; set; }

    /// <summary>
    /// For images that are cut into tiles, and models whose instance norms see the whole image: how many passes over
    /// all tiles first measure the image's statistics, by which all tiles are then normalized. 0 lets every tile go by
    /// its own, which shows as steps of tone between tiles. The first pass gets the first norm right, every further
    /// pass one more and all others closer. Costs a run per tile and pass, and the weights once more in memory.
    /// </summary>
    public int StatisticsPasses { get; set; }

    /// <summary>
    /// The most pixels of one image in a run (of all images, where the model fixes the batch size), before or after the
    /// model, whichever are more. Larger runs are refused before they take memory.
    /// </summary>
    public long MaxRunPixels { get; set; } = 1 << 26;

    /// <summary>
    /// The most operators of a model. Loading takes longer than in proportion: 100,000 take most of a minute.
    /// </summary>
    public int MaxOperators { get; set; } = 20_000;

    /// <summary>
    /// The most bytes that a run's values may take at a time, by an estimate from the graph: a run that would take more
    /// is refused before it takes memory, or done in smaller tiles where their size was not set. Null allows 1 GiB, 16
    /// KiB for each pixel (in or out, whichever are more) and four times the model's file, at most the machine's
    /// memory. Where the graph does not tell all sizes, the process may grow by as much, and is looked at between
    /// operators.
    /// </summary>
    public long? MaxRunBytes { get; set; }

    /// <summary>The longest that ONNX Runtime may take to load the model, in seconds.</summary>
    public double MaxLoadSeconds { get; set; } = 120;

    /// <summary>The order of the model's dimensions, where neither its card nor its shapes tell.</summary>
    public PixelLayout? Layout { get; set; }

    /// <summary>What black and white are to the model, where neither its card nor its element type tells.</summary>
    public PixelRange? PixelRange { get; set; }

    /// <summary>
    /// Applied to the output of models that were exported without it, such as those that give logits. Models with a
    /// card have it inside.
    /// </summary>
    public OutputActivation OutputActivation { get; set; }

    /// <summary>
    /// What black and white are in the model's output, after <see cref="OutputActivation"/>; null means what that
    /// gives, and without it as in the input.
    /// </summary>
    public PixelRange? OutputRange { get; set; }

    /// <summary>The order of the model's colours; RGB when not set.</summary>
    public ColorOrder ColorOrder { get; set; } = ColorOrder.Rgb;

    /// <summary>
    /// Subtracted from every channel of the input, in units of <see cref="PixelRange"/> (0..1 when that is not set), in
    /// the model's colour order.
    /// </summary>
    public IReadOnlyList<float>? Mean { get; set; }

    /// <summary>Divides every channel of the input after <see cref="Mean"/>.</summary>
    public IReadOnlyList<float>? Std { get; set; }

    /// <summary>
    /// For models with one channel in and out that work on brightness alone (most super-resolution): whether the result
    /// gets the image's colours, resized to it. Else it is gray. Pipelines with it cannot be saved.
    /// </summary>
    public bool KeepColors { get; set; }

    /// <summary>
    /// Whether images that are not opaque (in pipelines, files and folders) give results with their alpha, resized to
    /// the result. The model then sees their colours, white where they are fully transparent. Else they are composed on
    /// white. Pipelines with it cannot be saved.
    /// </summary>
    public bool KeepAlpha { get; set; }

    /// <summary>
    /// What both sides of an image must be a multiple of, for models without a card; null finds it by trying.
    /// </summary>
    public int? SizeMultiple { get; set; }

    /// <summary>The name of the model's output to take, where it has several.</summary>
    public string? OutputName { get; set; }

    /// <summary>Whether images are resized to <see cref="Size"/> or the model's own.</summary>
    internal bool Resizes => Mode is TranslationMode.ResizeToTraining or TranslationMode.ResizeToTrainingAndBack;

    /// <summary>The options as they are now, checked.</summary>
    /// <exception cref="ArgumentException">A value makes no sense; the parameter's name is the option's.</exception>
    internal TranslationEngineOptions Snapshot()
    {
        var copy = this with { };
        OptionsCheck.Check(copy);
        return copy;
    }
}

using MlNetImageTranslation.Export;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Transforms;

/// <summary>
/// Options of
/// <see cref="Microsoft.ML.ImageTranslationCatalog.TranslateImage(Microsoft.ML.TransformsCatalog, ImageTranslationOptions)"/>.
/// </summary>
public sealed class ImageTranslationOptions
{
    /// <summary>The name of the new column of images.</summary>
    public string OutputColumnName = "";

    /// <summary>The name of the column of images to translate; null means <see cref="OutputColumnName"/>.</summary>
    public string? InputColumnName;

    /// <summary>The ONNX file of the generator.</summary>
    public string ModelFile = "";

    /// <summary>Where the model runs; the MLContext's GpuDeviceId chooses CUDA too.</summary>
    public TranslationDevice Device = TranslationDevice.Auto;

    /// <summary>The GPU's number, from 0; null means the MLContext's, else 0.</summary>
    public int? GpuDeviceId;

    /// <summary>
    /// Whether the CPU may do the work where a GPU was asked for and is not there; null means the MLContext's
    /// FallbackToCpu.
    /// </summary>
    public bool? FallbackToCpu;

    /// <summary>How images of any size go through the model.</summary>
    public TranslationMode Mode = TranslationMode.KeepSize;

    /// <summary>The size for the resizing modes; null means the model's only size, else its training size.</summary>
    public ImageSize? Size;

    /// <summary>
    /// The one size for which Save writes the model where the input column has no size: what a saved pipeline of stock
    /// transformers resizes images to. Null means the model's only size, else its training size.
    /// </summary>
    public ImageSize? SavedSize;

    /// <summary>Images of one size in one run; null means 1 on the CPU and 8 on a GPU.</summary>
    public int? BatchSize;

    /// <summary>CPU threads in all; null means one for each core.</summary>
    public int? Threads;

    /// <summary>How the CPU's threads are spent when the transformer reads ahead.</summary>
    public TranslationScheduling Scheduling = TranslationScheduling.Auto;

    /// <summary>
    /// How convolutions are computed on a CPU. A saved pipeline of stock transformers always goes by the file.
    /// </summary>
    public ConvolutionAlgorithm ConvolutionAlgorithm = ConvolutionAlgorithm.Auto;

    /// <summary>
    /// Rows that a cursor reads and translates together; null means the batch size times the runs at a time. While they
    /// are translated, as many more are read.
    /// </summary>
    public int? ReadAhead;

    /// <summary>
    /// The most pixels of an image that go through the model at once, larger ones are cut into overlapping tiles; null
    /// finds it from free memory, 0 never cuts.
    /// </summary>
    public long? TilePixels;

    /// <summary>
    /// How far neighbouring tiles overlap, in pixels; null finds it from the model's receptive field.
    /// </summary>
    public int? TileOverlap;

    /// <summary>
    /// Passes over all tiles of a large image that first measure its statistics for instance norms; see
    /// <see cref="TranslationEngineOptions.StatisticsPasses"/>.
    /// </summary>
    public int StatisticsPasses;

    /// <summary>The order of a foreign model's dimensions, where its shapes do not tell.</summary>
    public PixelLayout? Layout;

    /// <summary>What black and white are to a foreign model, where its element type does not tell.</summary>
    public PixelRange? PixelRange;

    /// <summary>What black and white are in a foreign model's output; null means as in its input.</summary>
    public PixelRange? OutputRange;

    /// <summary>The order of a foreign model's colours.</summary>
    public ColorOrder ColorOrder = ColorOrder.Rgb;

    /// <summary>
    /// Subtracted from every channel of a foreign model's input, in units of <see cref="PixelRange"/> (0..1 when that
    /// is not set).
    /// </summary>
    public float[]? Mean;

    /// <summary>Divides every channel of a foreign model's input after <see cref="Mean"/>.</summary>
    public float[]? Std;

    /// <summary>
    /// Whether the result of a model of brightness alone gets the image's colours; pipelines with it cannot be saved.
    /// </summary>
    public bool KeepColors;

    /// <summary>
    /// What both sides of an image must be a multiple of, for models without a card; null finds it by trying.
    /// </summary>
    public int? SizeMultiple;

    /// <summary>The name of a foreign model's output to take, where it has several.</summary>
    public string? OutputName;

    internal string Input => string.IsNullOrEmpty(InputColumnName) ? OutputColumnName : InputColumnName;

    internal ImageTranslationOptions Copy() => (ImageTranslationOptions)MemberwiseClone();

    internal TranslationEngineOptions ToEngineOptions(int? contextGpu, bool contextFallback) =>
        new()
        {
            Device = Device,
            GpuDeviceId = Device == TranslationDevice.Cpu ? null : GpuDeviceId ?? contextGpu,
            AllowCpuFallback = FallbackToCpu ?? contextFallback,
            Mode = Mode,
            Size = Size,
            BatchSize = BatchSize,
            Threads = Threads,
            Scheduling = Scheduling,
            ConvolutionAlgorithm = ConvolutionAlgorithm,
            TilePixels = TilePixels,
            TileOverlap = TileOverlap,
            StatisticsPasses = StatisticsPasses,
            Layout = Layout,
            PixelRange = PixelRange,
            OutputRange = OutputRange,
            ColorOrder = ColorOrder,
            Mean = Mean,
            Std = Std,
            KeepColors = KeepColors,
            SizeMultiple = SizeMultiple,
            OutputName = OutputName,
        };
}

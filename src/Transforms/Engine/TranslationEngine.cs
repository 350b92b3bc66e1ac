using Microsoft.ML.Data;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Networks;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Transforms;

/// <summary>
/// Runs an image-to-image ONNX model with ONNX Runtime: images in, images out, of any size. Safe to use from many
/// threads; disposing waits for the runs under way.
/// </summary>
/// <remarks>
/// Models made by this library describe themselves by their <see cref="ModelCard"/>. Third-party models (float,
/// float16 or uint8, channels first or last, one or three channels, an output larger or smaller than the input) are
/// wrapped on loading; what their files do not say comes from <see cref="TranslationEngineOptions"/>.
/// </remarks>
public sealed partial class TranslationEngine : IDisposable
{
    private readonly TranslationEngineOptions _options;
    private readonly EngineModel _model;
    private readonly ModelSizes _sizes;
    private readonly SessionOpener _opener;
    private readonly SlotPool _slots;
    private readonly RunQueues _queues;
    private readonly TileBudget _tiles;
    private readonly Lazy<StatisticsSession>? _statistics;
    private readonly Lazy<int> _leastSide;
    private readonly Lazy<WideSession> _wide;
    private readonly int? _labels;

    /// <summary>Loads a model from a file.</summary>
    /// <param name="modelFile">An ONNX file.</param>
    /// <param name="options">How to run it; null for the defaults.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidOperationException">It is no ONNX model that the runtime accepts; or CUDA was asked for,
    /// is missing, and the CPU is not allowed.</exception>
    /// <exception cref="NotSupportedException">It is no image-to-image model.</exception>
    /// <exception cref="ArgumentException">The file does not say how pixels are fed: the message names the option that
    /// does.</exception>
    public TranslationEngine(string modelFile, TranslationEngineOptions? options = null)
        : this(options, snapshot => EngineModel.FromFile(modelFile, snapshot), OnnxRuntimeModels.Instance) { }

    /// <summary>Loads a model from memory.</summary>
    /// <param name="model">The bytes of an ONNX file.</param>
    /// <param name="options">How to run it; null for the defaults.</param>
    /// <exception cref="InvalidOperationException">It is no ONNX model that the runtime accepts; or CUDA was asked for,
    /// is missing, and the CPU is not allowed.</exception>
    /// <exception cref="NotSupportedException">It is no image-to-image model.</exception>
    /// <exception cref="ArgumentException">The model does not say how pixels are fed: the message names the option that
    /// does.</exception>
    public TranslationEngine(byte[] model, TranslationEngineOptions? options = null)
        : this(options, snapshot => EngineModel.FromBytes(model, snapshot), OnnxRuntimeModels.Instance) { }

    /// <summary>An engine on a runtime that stands for another one.</summary>
    internal TranslationEngine(byte[] model, TranslationEngineOptions options, IModelRuntime runtime)
        : this(options, snapshot => EngineModel.FromBytes(model, snapshot), runtime) { }

    private TranslationEngine(
        TranslationEngineOptions? options,
        Func<TranslationEngineOptions, EngineModel> load,
        IModelRuntime runtime
    )
    {
        _options = (options ?? new()).Snapshot();
        var opened = OpenedModel.Open(runtime, load(_options), _options);
        _model = opened.Model;
        _sizes = opened.Sizes;
        _opener = opened.Opener;
        _slots = opened.Slots;
        _queues = new(opened, _options);
        _tiles = new(opened, _queues, _options);
        _leastSide = new(() => SizeProbe.LeastSide(_slots, _model, _sizes));
        _wide = new(() => new(opened));
        _labels = LabelLevels.CountOf(_model.Card?.LabelColors);
        if (_options.StatisticsPasses > 0 && _tiles.TilesFreeSides && StatisticsSession.Fits(_model))
            _statistics = new(() => new(opened, _options.StatisticsPasses));
    }

    /// <summary>A copy of the options that it was made with.</summary>
    public TranslationEngineOptions Options => _options with { };

    /// <summary>The model's card; null for third-party models.</summary>
    public ModelCard? Card => _model.Card;

    /// <summary>
    /// What really runs the model, in ONNX Runtime's words: <c>CPUExecutionProvider</c> or
    /// <c>CUDAExecutionProvider</c>.
    /// </summary>
    public string ActiveProvider => _slots.Provider;

    /// <summary>The only size that the model reads; null where sizes are free.</summary>
    public ImageSize? FixedSize => _model.FixedSize;

    /// <summary>The only height that the model reads; null where it is free.</summary>
    public int? FixedHeight => _model.Height;

    /// <summary>The only width that the model reads; null where it is free.</summary>
    public int? FixedWidth => _model.Width;

    /// <summary>The size that the resizing modes resize to, where it is known.</summary>
    public ImageSize? TrainingSize => _model.TrainingSize;

    /// <summary>
    /// What free sides must be a multiple of inside the model; images are padded to it and the results cropped.
    /// </summary>
    public int SizeMultiple => _sizes.Multiple;

    /// <summary>How many times higher and wider the result is than the image; 1 where it is not larger.</summary>
    public int Scale => _sizes.Scale.Up;

    /// <summary>
    /// How many times lower and narrower the result is than the image, rounded up to whole pixels; 1 where it is not
    /// smaller.
    /// </summary>
    public int Reduction => _sizes.Scale.Down;

    /// <summary>Images that are worth handing over together: the batch size times the runs at a time.</summary>
    public int PreferredBatch => _queues.BatchSize * ParallelRuns;

    /// <summary>The most runs that go at a time.</summary>
    public int ParallelRuns => _queues.ParallelRuns;

    internal TranslationEngineOptions Settings => _options;

    internal EngineModel Model => _model;

    internal ModelSizes Sizes => _sizes;

    /// <summary>Whether images are cut into tiles where the model reads one size or side only.</summary>
    internal bool TilesFixedSides => _tiles.TilesFixedSides;

    /// <summary>The size to which an image is resized before it is fed, unless it is cut into tiles.</summary>
    internal ImageSize FedSize(ImageSize image) =>
        _options.Resizes ? _model.TrainingSize!.Value : _sizes.Resized(image);

    /// <summary>What is added to an image of that size for the model to read it.</summary>
    internal ImagePadding Padding(ImageSize size) => _sizes.Padding(size, _leastSide);

    /// <summary>The size of the result for an image of the given size.</summary>
    public ImageSize ResultSize(ImageSize image)
    {
        var size = _options.Mode == TranslationMode.ResizeToTraining ? _model.TrainingSize!.Value : image;
        return size * _sizes.Scale;
    }

    /// <summary>
    /// Translates one image, which is not changed. The model sees its colours; the result has its
    /// <see cref="RgbImage.Alpha"/>, resized to it.
    /// </summary>
    /// <exception cref="ArgumentException">The mode is <see cref="TranslationMode.Exact"/> and the model cannot read
    /// this size; or the model reads the numbers of classes, and the image has other levels; or it
    /// <see cref="ReadsInstances"/>.</exception>
    /// <exception cref="InvalidOperationException">ONNX Runtime failed.</exception>
    /// <exception cref="ObjectDisposedException">The engine was disposed.</exception>
    public RgbImage Translate(RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return TranslateOne(new(image), ResultForm.Rgb).Rgb;
    }

    /// <summary>
    /// Translates images of any sizes, those of one size in batches; the results are in the same order.
    /// </summary>
    /// <exception cref="ArgumentException">The mode is <see cref="TranslationMode.Exact"/> and the model cannot read a
    /// size; or the model reads the numbers of classes, and an image has other levels; or it
    /// <see cref="ReadsInstances"/>.</exception>
    /// <exception cref="InvalidOperationException">ONNX Runtime failed.</exception>
    /// <exception cref="ObjectDisposedException">The engine was disposed.</exception>
    public IReadOnlyList<RgbImage> Translate(IReadOnlyList<RgbImage> images)
    {
        ArgumentNullException.ThrowIfNull(images);
        return TranslateAll(Sources(images));
    }

    /// <summary>Translates one image.</summary>
    internal TranslatedImage TranslateOne(TranslationSource source, ResultForm form) =>
        Translate([source], _queues.Single, form)[0];

    /// <summary>Translates some images of many that other threads are translating meanwhile.</summary>
    internal TranslatedImage[] TranslateAmongMany(TranslationSource[] sources, ResultForm form) =>
        Translate(sources, _queues.Many(), form);

    /// <summary>Translates one image of raw samples.</summary>
    /// <param name="rgb">width * height * 3 bytes, red, green, blue of the top left pixel first.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <returns>The result's samples in the same order; its size is <see cref="ResultSize"/>.</returns>
    /// <exception cref="ArgumentException">The number of bytes does not fit the size, or the model cannot read it (see
    /// <see cref="TranslationMode.Exact"/>).</exception>
    public byte[] Translate(ReadOnlySpan<byte> rgb, int width, int height) =>
        Translate(new RgbImage(width, height, rgb.ToArray())).Pixels;

    /// <summary>
    /// Translates one of ML.NET's images (composed on white where it is transparent, unless
    /// <see cref="TranslationEngineOptions.KeepAlpha"/> is set), which stays the caller's; so does the result.
    /// </summary>
    /// <param name="image">The image; it must not be changed or disposed before this returns.</param>
    /// <inheritdoc cref="Translate(RgbImage)"/>
    public MLImage Translate(MLImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var source = _options.KeepAlpha
            ? new TranslationSource(RgbImage.FromMLImage(image, keepAlpha: true))
            : new TranslationSource(image);
        return TranslateOne(source, ResultForm.MLImage).ToMLImage();
    }

    /// <summary>
    /// Waits for the runs under way, then frees the model. Calls that come later throw
    /// <see cref="ObjectDisposedException"/>.
    /// </summary>
    public void Dispose()
    {
        // After this no run is under way, and none begins.
        _queues.Dispose();
        if (_statistics is { IsValueCreated: true })
            _statistics.Value.Dispose();
        if (_wide.IsValueCreated)
            _wide.Value.Dispose();
    }
}

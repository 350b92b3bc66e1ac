using Microsoft.ML.Data;
using MlNetImageTranslation.Export;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Networks;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Transforms;

/// <summary>
/// Runs an image-to-image ONNX model with ONNX Runtime: images in, images out, of any size. Safe to use from many
/// threads; disposing waits for the runs under way.
/// </summary>
/// <remarks>
/// Models made by this library describe themselves by their <see cref="ModelCard"/>. Models made elsewhere (float,
/// float16 or uint8, channels first or last, one or three channels, an output larger than the input) are wrapped on
/// loading; what their files do not say comes from <see cref="TranslationEngineOptions"/>.
/// </remarks>
public sealed partial class TranslationEngine : IDisposable
{
    private readonly EngineModel _model;
    private readonly SlotPool _slots;
    private readonly TiledTranslation? _tiles;
    private readonly long _tilePixels;
    private readonly Lazy<StatisticsSession>? _statistics;
    private readonly int _threads;
    private readonly int _multiple;
    private readonly int _scale;
    private readonly Lazy<int> _leastSide;

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
        : this(Checked(options), checkedOptions => EngineModel.FromFile(NotEmpty(modelFile), checkedOptions)) { }

    /// <summary>Loads a model from memory.</summary>
    /// <param name="model">The bytes of an ONNX file.</param>
    /// <param name="options">How to run it; null for the defaults.</param>
    /// <exception cref="InvalidOperationException">It is no ONNX model that the runtime accepts; or CUDA was asked for,
    /// is missing, and the CPU is not allowed.</exception>
    /// <exception cref="NotSupportedException">It is no image-to-image model.</exception>
    /// <exception cref="ArgumentException">The model does not say how pixels are fed: the message names the option that
    /// does.</exception>
    public TranslationEngine(byte[] model, TranslationEngineOptions? options = null)
        : this(Checked(options), checkedOptions => EngineModel.FromBytes(NotNull(model), checkedOptions)) { }

    private TranslationEngine(TranslationEngineOptions options, Func<TranslationEngineOptions, EngineModel> load)
    {
        Options = options;
        _model = load(options);
        if (options.KeepColors && _model.Pixels is not { InputShape.Channels: 1, OutputShape.Channels: 1 })
            throw new ArgumentException(
                $"{nameof(options.KeepColors)} is for models with one channel in and out; {_model.Name} has "
                    + $"{_model.Pixels.InputShape.Channels} and {_model.Pixels.OutputShape.Channels}."
            );
        if (
            options.Mode is TranslationMode.ResizeToTraining or TranslationMode.ResizeToTrainingAndBack
            && _model.TrainingSize is null
        )
            throw new ArgumentException(
                $"{_model.Name} does not say the size it was trained on. Say by {nameof(options.Size)}."
            );
        int threads = _threads = options.Threads ?? Environment.ProcessorCount;
        bool measure = options.Scheduling == TranslationScheduling.Measure && options.ParallelRuns is null;
        int runs = options.ParallelRuns ?? (options.Scheduling == TranslationScheduling.Throughput ? threads : 1);
        _slots = new(_model, options, runs, Math.Max(1, threads / runs));
        try
        {
            try
            {
                (_multiple, _scale) = _model.Card?.Interface is not null
                    ? (_model.Card.SizeMultiple, 1)
                    : SizeProbe.Find(_slots, _model, options.SizeMultiple);
            }
            catch (NotSupportedException) when (SizeProbe.FindBorder(_slots, _model) is { } border)
            {
                _slots.Dispose();
                _model = _model.With(border);
                _slots = new(_model, options, runs, Math.Max(1, threads / runs));
                (_multiple, _scale) = SizeProbe.Find(_slots, _model, options.SizeMultiple);
            }
            if (measure)
            {
                _slots.Dispose();
                _slots = SchedulingProbe.Choose(_model, options, threads, _multiple, _scale);
            }
        }
        catch
        {
            _slots.Dispose();
            throw;
        }
        _leastSide = new(() => SizeProbe.LeastSide(_slots, _model, _multiple));
        _queue = new(
            _slots,
            _model,
            _model.Pixels.FixedBatch ?? options.BatchSize ?? (ActiveProvider == SessionFactory.Cpu ? 1 : 8),
            _scale
        );
        _tilePixels = options.TilePixels ?? DefaultTilePixels(ParallelRuns, _model.AddedBytesPerPixel);
        int overlap = options.TileOverlap ?? (_model.Card?.ReceptiveField is { } field ? (4 * field + 2) / 3 : 64);
        if (TilesOfFixedSize is { } only)
            (_tilePixels, _tiles) = ((long)only.Height * only.Width, new(0, overlap, 1, _scale, only));
        else if (_tilePixels > 0 && _model.FixedSize is null && options.Mode != TranslationMode.Exact)
        {
            _tiles = new(_tilePixels, overlap, _multiple, _scale);
            if (
                options.StatisticsPasses > 0
                && _model.Pixels.FixedBatch is null or 1
                && _model.Info.Operators.Any(use => use is { Domain: "", Name: "InstanceNormalization" })
            )
                _statistics = new(() => new(_model, options, Math.Max(1, threads / _slots.ParallelRuns), _scale));
        }
    }

    /// <summary>The options it was made with.</summary>
    public TranslationEngineOptions Options { get; }

    /// <summary>The model's card; null for models made elsewhere.</summary>
    public ModelCard? Card => _model.Card;

    /// <summary>
    /// What really runs the model, in ONNX Runtime's words: <c>CPUExecutionProvider</c> or
    /// <c>CUDAExecutionProvider</c>.
    /// </summary>
    public string ActiveProvider => _slots.Provider;

    /// <summary>The only size that the model reads; null where sizes are free.</summary>
    public ImageSize? FixedSize => _model.FixedSize;

    /// <summary>The size that the resizing modes resize to, where it is known.</summary>
    public ImageSize? TrainingSize => _model.TrainingSize;

    /// <summary>
    /// What both sides must be a multiple of inside the model; images are padded to it and the results cropped.
    /// </summary>
    public int SizeMultiple => _multiple;

    /// <summary>How many times higher and wider the result is than the image.</summary>
    public int Scale => _scale;

    /// <summary>Images that are worth handing over together: the batch size times the runs at a time.</summary>
    public int PreferredBatch => _queue.BatchSize * ParallelRuns;

    /// <summary>The most runs that go at a time.</summary>
    public int ParallelRuns => HasTwoPools ? _threads : _slots.ParallelRuns;

    internal EngineModel Model => _model;

    /// <summary>What is added to an image of that size for the model to read it.</summary>
    internal ImagePadding Padding(ImageSize size)
    {
        var padding = ImagePadding.ToMultiple(size.Height, size.Width, _multiple);
        if (
            _model.FixedSize is not null
            || Math.Min(padding.PaddedHeight, padding.PaddedWidth) >= SizeProbe.AlwaysEnough
        )
            return padding;
        int least = _leastSide.Value;
        return padding with
        {
            PaddedHeight = Math.Max(padding.PaddedHeight, least),
            PaddedWidth = Math.Max(padding.PaddedWidth, least),
        };
    }

    // A model that enlarges and reads one size only would lose by resizing what it is there to keep: it gets tiles of
    // its size.
    private ImageSize? TilesOfFixedSize =>
        _scale > 1 && Options.Mode == TranslationMode.KeepSize ? _model.FixedSize : null;

    /// <summary>The size of the result for an image of the given size.</summary>
    public ImageSize ResultSize(ImageSize image) => ImagePlan.ResultSize(image, _model, Options.Mode, _scale);

    /// <summary>Translates one image, which is not changed.</summary>
    /// <exception cref="ArgumentException">The mode is <see cref="TranslationMode.Exact"/> and the model cannot read
    /// this size.</exception>
    /// <exception cref="InvalidOperationException">ONNX Runtime failed.</exception>
    /// <exception cref="ObjectDisposedException">The engine was disposed.</exception>
    public RgbImage Translate(RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return Translate([image], _queue)[0];
    }

    /// <summary>
    /// Translates images of any sizes, those of one size in batches; the results are in the same order.
    /// </summary>
    /// <exception cref="ArgumentException">The mode is <see cref="TranslationMode.Exact"/> and the model cannot read a
    /// size.</exception>
    /// <exception cref="InvalidOperationException">ONNX Runtime failed.</exception>
    /// <exception cref="ObjectDisposedException">The engine was disposed.</exception>
    public IReadOnlyList<RgbImage> Translate(IReadOnlyList<RgbImage> images)
    {
        ArgumentNullException.ThrowIfNull(images);
        return Translate(images, images.Count > 1 ? QueueForMany() : _queue);
    }

    /// <summary>Translates one image of many that other threads are translating meanwhile.</summary>
    internal RgbImage TranslateAmongMany(RgbImage image) => Translate([image], QueueForMany())[0];

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
    /// Translates one of ML.NET's images (composed on white where it is transparent), which stays the caller's; so does
    /// the result.
    /// </summary>
    public MLImage Translate(MLImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return Translate(image.ToRgbImage()).ToMLImage();
    }

    private static TranslationEngineOptions Checked(TranslationEngineOptions? options)
    {
        options ??= new();
        options.Check();
        return options;
    }

    private static string NotEmpty(string modelFile)
    {
        ArgumentException.ThrowIfNullOrEmpty(modelFile);
        return modelFile;
    }

    private static byte[] NotNull(byte[] model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model;
    }
}

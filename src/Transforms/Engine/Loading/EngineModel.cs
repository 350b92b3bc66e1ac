using MlNetImageTranslation.Export;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Transforms;

/// <summary>
/// A model that is parsed, understood, and in the uint8 form in which it is run: the first stage of an engine.
/// </summary>
internal sealed class EngineModel
{
    private readonly byte[]? _original;
    private readonly TranslationEngineOptions _options;

    private EngineModel(
        string? file,
        byte[]? original,
        OnnxModelInfo info,
        PixelInterface pixels,
        TranslationEngineOptions options
    )
    {
        _options = options;
        Memory = new(this, options);
        File = file;
        _original = original;
        Info = info;
        Pixels = pixels;
        bool asItIs = pixels.IsNative && pixels.BorderLoss == 0;
        InputName = asItIs ? pixels.Input.Name : ModelRewriter.InputName;
        OutputName = asItIs ? pixels.Output.Name : ModelRewriter.OutputName;
        if (asItIs)
        {
            Bytes = original;
            return;
        }
        using var content = Open();
        Bytes = ModelRewriter.Adapt(content.Span, pixels);
    }

    public string Name => NameOf(File);

    /// <summary>The file, where the model came from one.</summary>
    public string? File { get; }

    /// <summary>What ONNX Runtime loads; null means the file as it is.</summary>
    public byte[]? Bytes { get; }

    public OnnxModelInfo Info { get; }

    public ModelCard? Card => Info.Card;

    public PixelInterface Pixels { get; }

    public string InputName { get; }

    public string OutputName { get; }

    /// <summary>What its runs take.</summary>
    public ModelMemory Memory { get; }

    /// <summary>The only height that the model reads, or null.</summary>
    public int? Height => Pixels.FixedHeight;

    /// <summary>The only width that the model reads, or null.</summary>
    public int? Width => Pixels.FixedWidth;

    /// <summary>The only size that the model reads, or null where a side is free.</summary>
    public ImageSize? FixedSize => Height is { } height && Width is { } width ? new(width, height) : null;

    /// <summary>The size that the resizing modes resize to, where it is known.</summary>
    public ImageSize? TrainingSize { get; private init; }

    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidOperationException">It is no ONNX model.</exception>
    /// <exception cref="NotSupportedException">It is no image-to-image model.</exception>
    /// <exception cref="ArgumentException">An option is missing, or does not fit the model; the parameter's name is the
    /// option's.</exception>
    public static EngineModel FromFile(string file, TranslationEngineOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        return Load(file, null, options);
    }

    /// <inheritdoc cref="FromFile"/>
    public static EngineModel FromBytes(byte[] bytes, TranslationEngineOptions options)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        return Load(null, bytes, options);
    }

    /// <summary>The same model, made to give the borders that it loses.</summary>
    public EngineModel WithBorder(int loss, int scale) =>
        new(File, _original, Info, Pixels with { BorderLoss = loss, BorderScale = scale }, _options)
        {
            TrainingSize = TrainingSize,
        };

    /// <summary>
    /// The same model, taken to read one channel; null where its file says how many it reads. Without a word of the
    /// file it is taken to read three.
    /// </summary>
    public EngineModel? WithGrayInput()
    {
        if (Pixels.WithGrayInput() is not { } pixels)
            return null;
        using (var content = Open())
            pixels = OutputCheck.Complete(pixels, content);
        return new(File, _original, Info, pixels, _options) { TrainingSize = TrainingSize };
    }

    /// <summary>
    /// The same model, taken to give one channel; null where its file or its operators say how many it gives. Without a
    /// word of them it is taken to give three.
    /// </summary>
    public EngineModel? WithGrayOutput() =>
        Pixels.WithGrayOutput() is { } pixels
            ? new(File, _original, Info, pixels, _options) { TrainingSize = TrainingSize }
            : null;

    /// <summary>The same model with float32 in place of double precision; null where it has none.</summary>
    public EngineModel? WithFloats()
    {
        byte[]? floats;
        using (var content = Open())
            floats = ModelRewriter.ToFloat32(content.Span);
        return floats is null ? null : Load(File, floats, _options);
    }

    /// <summary>The bytes of the uint8 form that is run.</summary>
    /// <param name="content">A rewritten form to take instead; null for the one that is usually run.</param>
    public OnnxBytes OpenRunnable(byte[]? content = null) => (content ?? Bytes) is { } bytes ? new(bytes) : new(File!);

    /// <summary>The bytes of the original model.</summary>
    public OnnxBytes Open() => Open(File, _original);

    private static EngineModel Load(string? file, byte[]? bytes, TranslationEngineOptions options)
    {
        var info = Parse(file, bytes);
        if (ModelCompletion.Complete(info, NameOf(file), file, bytes, options) is { } complete)
            (bytes, info) = (complete, Parse(file, complete));
        var pixels = PixelResolver.Resolve(info, info.Card, options);
        using (var content = Open(file, bytes))
            pixels = OutputCheck.Complete(pixels, content);
        var model = new EngineModel(file, bytes, info, pixels, options)
        {
            TrainingSize = options.Size ?? SizeOf(pixels) ?? info.Card?.TrainingSize,
        };
        ModelCheck.Check(model, options);
        return model;
    }

    private static OnnxModelInfo Parse(string? file, byte[]? bytes)
    {
        using var content = Open(file, bytes);
        try
        {
            return OnnxModelInfo.Read(content.Span);
        }
        catch (FormatException exception)
        {
            throw new InvalidOperationException(
                $"{NameOf(file)} is not a sound ONNX model: {exception.Message}",
                exception
            );
        }
    }

    private static ImageSize? SizeOf(PixelInterface pixels) =>
        pixels is { FixedHeight: { } height, FixedWidth: { } width } ? new(width, height) : null;

    private static string NameOf(string? file) => file is null ? "the model" : $"model '{file}'";

    private static OnnxBytes Open(string? file, byte[]? bytes) => bytes is not null ? new(bytes) : new(file!);
}

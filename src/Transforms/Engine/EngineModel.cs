using MlNetImageTranslation.Export;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Transforms;

/// <summary>
/// A model made ready for the engine: its card, what its tensors mean, and the uint8 form in which it is run.
/// </summary>
internal sealed class EngineModel
{
    private readonly byte[]? _original;

    private EngineModel(string? file, byte[]? bytes, TranslationEngineOptions options)
    {
        (File, _original) = (file, bytes);
        Name = file is null ? "the model" : $"model '{file}'";
        using var content = Open();
        try
        {
            Info = OnnxModelInfo.Read(content.Span);
        }
        catch (FormatException exception)
        {
            throw new InvalidOperationException($"{Name} is not a sound ONNX model: {exception.Message}", exception);
        }
        Pixels = PixelResolver.Resolve(Info, Card, options);
        Bytes = Pixels.IsNative ? bytes : OnnxAdapter.Adapt(content.Span, Pixels);
        (InputName, OutputName) = Pixels.IsNative
            ? (Pixels.Input.Name, Pixels.Output.Name)
            : (OnnxAdapter.InputName, OnnxAdapter.OutputName);
        if (Pixels.InputShape is { Height: { } height, Width: { } width })
            FixedSize = new(width, height);
        TrainingSize = options.Size ?? FixedSize ?? Card?.TrainingSize;
    }

    private EngineModel(EngineModel model, PixelInterface pixels)
    {
        (File, _original, Name, Info, Pixels, FixedSize, TrainingSize) = (
            model.File,
            model._original,
            model.Name,
            model.Info,
            pixels,
            model.FixedSize,
            model.TrainingSize
        );
        using var content = Open();
        (Bytes, InputName, OutputName) = (
            OnnxAdapter.Adapt(content.Span, pixels),
            OnnxAdapter.InputName,
            OnnxAdapter.OutputName
        );
    }

    public string Name { get; }

    /// <summary>The file, where the model came from one.</summary>
    public string? File { get; }

    /// <summary>What ONNX Runtime loads; null means the file as it is.</summary>
    public byte[]? Bytes { get; }

    public OnnxModelInfo Info { get; }

    public ModelCard? Card => Info.Card;

    public PixelInterface Pixels { get; }

    public string InputName { get; }

    public string OutputName { get; }

    /// <summary>The only size that the model reads, or null.</summary>
    public ImageSize? FixedSize { get; }

    /// <summary>The size that the resizing modes resize to, where it is known.</summary>
    public ImageSize? TrainingSize { get; }

    /// <summary>
    /// Memory that a run takes beyond the usual, in bytes for each pixel, since a session rewrote the convolutions.
    /// </summary>
    public long AddedBytesPerPixel { get; set; }

    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidOperationException">It is no ONNX model.</exception>
    public static EngineModel FromFile(string file, TranslationEngineOptions options) => new(file, null, options);

    public static EngineModel FromBytes(byte[] bytes, TranslationEngineOptions options) => new(null, bytes, options);

    /// <summary>The same model, made to give the borders that it loses.</summary>
    public EngineModel With(PixelBorder border) => new(this, Pixels with { Border = border });

    /// <summary>The bytes of the uint8 form that is run.</summary>
    public OnnxBytes OpenRunnable() => Bytes is { } bytes ? new(bytes) : new(File!);

    /// <summary>The bytes of the original model.</summary>
    public OnnxBytes Open() => _original is { } bytes ? new(bytes) : new(File!);
}

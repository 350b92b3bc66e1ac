using Microsoft.ML.OnnxRuntime;
using MlNetImageTranslation.Export;
using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Transforms;

/// <summary>
/// Runs a model in its uint16 form, on whole images of 16 bits a sample. Safe to use from many threads.
/// </summary>
internal sealed class WideSession : IDisposable
{
    private readonly EngineModel _model;
    private readonly IModelSession _session;
    private readonly ImageScale _scale;

    /// <exception cref="NotSupportedException">The model itself takes or gives bytes.</exception>
    public WideSession(OpenedModel opened)
    {
        _model = opened.Model;
        _scale = opened.Sizes.Scale;
        using var original = _model.Open();
        var pixels = _model.Pixels;
        byte[] wide =
            ModelRewriter.AdaptWide(original.Span, pixels)
            ?? throw new NotSupportedException(
                $"{_model.Name} itself has 8 bits a sample ({pixels.Input}; {pixels.Output}). Images of 16 bits need a "
                    + "model of floating-point numbers, or one that this library exported."
            );
        _session = opened.Opener.OpenPrecise(Math.Max(1, opened.Opener.Threads / opened.Slots.ParallelRuns), wide);
    }

    /// <summary>Translates an image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="padding">What is added to it.</param>
    /// <exception cref="RunTooLargeException">The run would take more memory than is allowed.</exception>
    /// <exception cref="InvalidOperationException">The run failed.</exception>
    public RgbImage16 Translate(RgbImage16 image, ImagePadding padding)
    {
        int batch = _model.Pixels.FixedBatch ?? 1,
            height = padding.PaddedHeight,
            width = padding.PaddedWidth;
        _model.Memory.Check(batch, height, width, _session.Provider == ExecutionProviders.Cpu);
        // A model of one batch size gets its batch filled up with black.
        var fed = new ushort[checked(batch * height * width * 3)];
        padding.Pad<ushort>(image.Pixels, fed.AsSpan(0, height * width * 3));
        using var input = OrtValue.CreateTensorValueFromMemory(fed, [batch, height, width, 3]);
        try
        {
            using var results = _session.Run([ModelRewriter.InputName], [input], [ModelRewriter.OutputName]);
            var shape = results[0].GetTensorTypeAndShape().Shape;
            if (!shape.SequenceEqual([batch, height * _scale, width * _scale, 3]))
                throw new InvalidOperationException(
                    $"{_model.Name} gave [{string.Join(", ", shape)}] for an image of {width}x{height}; expected "
                        + $"[{batch}, {height * _scale}, {width * _scale}, 3]."
                );
            var samples = new ushort[checked(padding.Height * _scale * (padding.Width * _scale) * 3)];
            padding.Crop(results[0].GetTensorDataAsSpan<ushort>(), samples, _scale);
            return new(padding.Width * _scale, padding.Height * _scale, samples);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new InvalidOperationException(
                $"{_model.Name} failed on an image of {width}x{height}: {RuntimeMessage.Of(exception)}",
                exception
            );
        }
    }

    public void Dispose() => _session.Dispose();
}

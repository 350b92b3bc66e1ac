using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;
using MlNetImageTranslation.Export;
using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Transforms;

public sealed partial class TranslationEngine
{
    /// <summary>
    /// Runs images and tells which values the model itself gives, to see whether
    /// <see cref="TranslationEngineOptions.OutputRange"/> fits. Opens a session of its own: this takes time and memory.
    /// </summary>
    /// <param name="images">At least one image; each is resized or padded as it is for a translation.</param>
    /// <returns>
    /// The least and the largest value of the model's own output, the same after
    /// <see cref="TranslationEngineOptions.OutputActivation"/>, and what is taken for black and white; null for models
    /// that give bytes.
    /// </returns>
    /// <exception cref="ArgumentException">There are no images, or the model cannot read one.</exception>
    /// <exception cref="InvalidOperationException">The run failed, or gave what is no number.</exception>
    public (
        (float Minimum, float Maximum) Raw,
        (float Minimum, float Maximum) Activated,
        (float Black, float White) Assumed
    )? ObserveOutput(params IReadOnlyList<RgbImage> images)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (images.Count == 0)
            throw new ArgumentException("Expected at least one image.", nameof(images));
        var pixels = _model.Pixels;
        if (pixels.Output.ElementType == OnnxElementType.UInt8)
            return null;
        using var content = _model.Open();
        using var session = _opener.Open(_opener.Threads, ModelRewriter.AdaptInput(content.Span, pixels));
        float minimum = float.PositiveInfinity,
            maximum = float.NegativeInfinity;
        foreach (var image in images)
        {
            float[] values = RawOutput(session, image);
            if (values.Length == 0 || values.Any(value => !float.IsFinite(value)))
                throw new InvalidOperationException($"{_model.Name} gives values that are no numbers.");
            minimum = Math.Min(minimum, TensorPrimitives.Min<float>(values));
            maximum = Math.Max(maximum, TensorPrimitives.Max<float>(values));
        }
        return (
            (minimum, maximum),
            (Activated(minimum), Activated(maximum)),
            (-pixels.OutputOffset / pixels.OutputScale, (255 - pixels.OutputOffset) / pixels.OutputScale)
        );

        // Both functions rise, so that the ends stay the ends.
        float Activated(float value) =>
            pixels.OutputActivation switch
            {
                OutputActivation.Sigmoid => 1 / (1 + MathF.Exp(-value)),
                OutputActivation.Tanh => MathF.Tanh(value),
                _ => value,
            };
    }

    private float[] RawOutput(IModelSession session, RgbImage image)
    {
        var source = new TranslationSource(image);
        source.Check(_model, null, nameof(image));
        var plan = ImagePlan.For(source, this);
        var padding = plan.Padding;
        int batch = _model.Pixels.FixedBatch ?? 1,
            length = checked(padding.PaddedHeight * padding.PaddedWidth * 3);
        var fed = new byte[checked(batch * length)];
        for (int i = 0; i < batch; i++)
            plan.Source.Write(padding, fed.AsSpan(i * length, length));
        using var input = OrtValue.CreateTensorValueFromMemory(
            fed,
            [batch, padding.PaddedHeight, padding.PaddedWidth, 3]
        );
        try
        {
            using var results = session.Run([ModelRewriter.InputName], [input], [ModelRewriter.OutputName]);
            return results[0].GetTensorDataAsSpan<float>().ToArray();
        }
        catch (OnnxRuntimeException exception)
        {
            throw new InvalidOperationException(
                $"{_model.Name} failed on an image of {padding.PaddedWidth}x{padding.PaddedHeight}: {exception.Message}",
                exception
            );
        }
    }
}

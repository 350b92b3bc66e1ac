using MlNetImageTranslation.Export;

namespace MlNetImageTranslation.Transforms;

/// <summary>
/// Says that a model makes no images, where it did not run and its file says nothing, or something wrong, of what it
/// makes.
/// </summary>
internal static class OutputCheck
{
    private const int Side = 256;

    /// <summary>Throws where what the model's operators make of an image is none.</summary>
    /// <param name="model">The model.</param>
    /// <param name="failure">How it failed.</param>
    /// <exception cref="NotSupportedException">It is no image.</exception>
    public static void Check(EngineModel model, Exception failure)
    {
        using var bytes = model.Open();
        if (Infer(model.Pixels, bytes) is not { } output)
            return;
        try
        {
            // No sides is a single number here, not a shape that the file leaves out.
            if (output.Sides.IsEmpty)
                throw new NotSupportedException(
                    $"An image translator writes images; this model writes a single number: {output}."
                );
            model.Pixels.CheckOutput(output);
        }
        catch (NotSupportedException exception)
        {
            throw new NotSupportedException(exception.Message, failure);
        }
    }

    /// <summary>
    /// Completes an output of which the file does not say how many channels it has by what the model's operators make
    /// of an image.
    /// </summary>
    /// <param name="pixels">What the file says.</param>
    /// <param name="model">The model's bytes.</param>
    /// <returns>The same where it is said, or where the operators do not tell.</returns>
    public static PixelInterface Complete(PixelInterface pixels, OnnxBytes model) =>
        !pixels.SaysOutputChannels && Infer(pixels, model) is { } output ? pixels.WithOutput(output) : pixels;

    private static OnnxTensorInfo? Infer(PixelInterface pixels, OnnxBytes model)
    {
        var shape = pixels.ShapeFor(pixels.FixedBatch ?? 1, pixels.FixedHeight ?? Side, pixels.FixedWidth ?? Side);
        try
        {
            return ModelRewriter.InferOutput(model.Span, pixels.Input, pixels.Output, shape);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}

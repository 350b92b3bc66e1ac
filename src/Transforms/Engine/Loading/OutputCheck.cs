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
        if (Infer(model) is not { } output)
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

    private static OnnxTensorInfo? Infer(EngineModel model)
    {
        var pixels = model.Pixels;
        var shape = pixels.ShapeFor(pixels.FixedBatch ?? 1, model.Height ?? Side, model.Width ?? Side);
        using var bytes = model.Open();
        try
        {
            return ModelRewriter.InferOutput(bytes.Span, pixels.Input, pixels.Output, shape);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}

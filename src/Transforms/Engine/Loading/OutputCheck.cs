using System.Collections.Immutable;
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
            _ = ShapeResolver.OfOutput(output, model.Pixels.OutputShape.Layout, model.Pixels.InputShape);
        }
        catch (NotSupportedException exception)
        {
            throw new NotSupportedException(exception.Message, failure);
        }
    }

    /// <summary>
    /// Completes an output of which the file does not say how many channels it has by what the model's operators make
    /// of an image. Exporters leave them out where sizes are free.
    /// </summary>
    /// <param name="pixels">What the file says.</param>
    /// <param name="model">The model's bytes.</param>
    /// <returns>The same where it is said, or where the operators do not tell.</returns>
    public static PixelInterface Complete(PixelInterface pixels, OnnxBytes model)
    {
        var shape = pixels.OutputShape;
        int channels = shape.Layout == PixelLayout.Nchw ? 1 : 3;
        if (shape.Sides[channels] is not null || !shape.Missing.IsEmpty)
            return pixels;
        return Infer(pixels, model)?.Sides switch
        {
            { IsDefault: false, Length: 4 } sides when sides[channels] is 1 or 3 => pixels with
            {
                OutputShape = shape with { Sides = shape.Sides.SetItem(channels, sides[channels]) },
            },
            // A batch of gray images without a dimension for their channel.
            { IsDefault: false, Length: 3 }
                when pixels.Output.Sides.IsDefaultOrEmpty && pixels.InputShape.Missing.IsEmpty => pixels with
            {
                OutputShape = new(PixelLayout.Nhwc, [null, null, null, 1], [3]),
            },
            _ => pixels,
        };
    }

    private static OnnxTensorInfo? Infer(PixelInterface pixels, OnnxBytes model)
    {
        var shape = pixels.InputShape;
        int batch = pixels.FixedBatch ?? 1,
            height = shape.Height ?? Side,
            width = shape.Width ?? Side;
        ImmutableArray<int> sides =
            shape.Layout == PixelLayout.Nchw
                ? [batch, shape.Channels, height, width]
                : [batch, height, width, shape.Channels];
        try
        {
            return ModelRewriter.InferOutput(
                model.Span,
                pixels.Input,
                pixels.Output,
                [.. sides.Where((_, side) => !shape.Missing.Contains(side))]
            );
        }
        catch (FormatException)
        {
            return null;
        }
    }
}

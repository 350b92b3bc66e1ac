using Microsoft.ML.Data;

namespace MlNetImageTranslation.Imaging;

/// <summary>Between <see cref="RgbImage"/> and ML.NET's <see cref="MLImage"/>.</summary>
public static class MLImageConversion
{
    /// <summary>
    /// Copies an MLImage, composing it on white. ML.NET decodes to premultiplied alpha, so a sample becomes p + 255 -
    /// a.
    /// </summary>
    /// <param name="image">Bgra32 or Rgba32; stays the caller's.</param>
    /// <param name="keepAlpha">Whether an image that is not opaque keeps its <see cref="RgbImage.Alpha"/> instead: its
    /// colours are then divided by it, and white where it is fully transparent.</param>
    /// <exception cref="NotSupportedException">Another pixel format.</exception>
    public static RgbImage ToRgbImage(this MLImage image, bool keepAlpha = false)
    {
        ArgumentNullException.ThrowIfNull(image);
        bool redFirst = image.PixelFormat switch
        {
            MLPixelFormat.Bgra32 => false,
            MLPixelFormat.Rgba32 => true,
            var other => throw new NotSupportedException(
                $"MLImage has pixel format {other}; expected Bgra32 or Rgba32."
            ),
        };
        if (keepAlpha && !Bgra32.IsOpaque(image.Pixels))
        {
            var kept = AlphaPlane.Split(image.Pixels, image.Width, image.Height, redFirst, multiplied: true);
            GC.KeepAlive(image);
            return kept;
        }
        var result = RgbImage.Uninitialized(image.Width, image.Height);
        Bgra32.ToRgb(image.Pixels, result.Pixels, redFirst);
        // The span does not keep the image alive, and the real MLImage frees native memory in its finalizer.
        GC.KeepAlive(image);
        return result;
    }

    /// <summary>
    /// Copies to a new MLImage in Bgra32, the format that ML.NET decodes to (with colours multiplied by alpha); the
    /// caller disposes it.
    /// </summary>
    public static MLImage ToMLImage(this RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var buffer = GC.AllocateUninitializedArray<byte>(checked(image.Width * image.Height * 4));
        Bgra32.FromRgb(image.Pixels, buffer);
        if (image.Alpha is { } alpha)
            AlphaPlane.Multiply(buffer, alpha);
        return MLImage.CreateFromPixels(image.Width, image.Height, MLPixelFormat.Bgra32, buffer);
    }
}

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
    /// <exception cref="NotSupportedException">Another pixel format.</exception>
    public static RgbImage ToRgbImage(this MLImage image)
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
        var result = RgbImage.Uninitialized(image.Width, image.Height);
        Bgra32.ToRgb(image.Pixels, result.Pixels, redFirst);
        // The span does not keep the image alive, and the real MLImage frees native memory in its finalizer.
        GC.KeepAlive(image);
        return result;
    }

    /// <summary>
    /// Copies to a new, opaque MLImage in Bgra32, the format that ML.NET decodes to; the caller disposes it.
    /// </summary>
    public static MLImage ToMLImage(this RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var buffer = GC.AllocateUninitializedArray<byte>(checked(image.Width * image.Height * 4));
        Bgra32.FromRgb(image.Pixels, buffer);
        return MLImage.CreateFromPixels(image.Width, image.Height, MLPixelFormat.Bgra32, buffer);
    }
}

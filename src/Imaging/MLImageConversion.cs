using Microsoft.ML.Data;

namespace MlNetImageTranslation.Imaging;

/// <summary>Between <see cref="RgbImage"/> and ML.NET's <see cref="MLImage"/>.</summary>
internal static class MLImageConversion
{
    /// <inheritdoc cref="RgbImage.FromMLImage"/>
    public static RgbImage ToRgbImage(MLImage image, bool keepAlpha = false)
    {
        ArgumentNullException.ThrowIfNull(image);
        bool redFirst = Bgra32.IsRedFirst(image);
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

    /// <inheritdoc cref="RgbImage.ToMLImage"/>
    public static MLImage ToMLImage(RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var buffer = GC.AllocateUninitializedArray<byte>(checked(image.Width * image.Height * 4));
        Bgra32.FromRgb(image.Pixels, buffer);
        if (image.Alpha is { } alpha)
            AlphaPlane.Multiply(buffer, alpha);
        return MLImage.CreateFromPixels(image.Width, image.Height, MLPixelFormat.Bgra32, buffer);
    }
}

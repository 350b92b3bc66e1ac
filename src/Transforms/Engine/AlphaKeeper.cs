using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Transforms;

/// <summary>Gives a result the alpha of the image that it was made of.</summary>
internal static class AlphaKeeper
{
    /// <summary>The result with the image's alpha, resized to it (bicubic).</summary>
    public static RgbImage Apply(RgbImage image, RgbImage result)
    {
        if (image.Alpha is not { } alpha)
            return result;
        if (image.Width == result.Width && image.Height == result.Height)
            return result.WithAlpha((byte[])alpha.Clone());
        var plane = RgbImage.Uninitialized(image.Width, image.Height);
        for (int i = 0; i < plane.Pixels.Length; i++)
            plane.Pixels[i] = alpha[i / 3];
        byte[] resized = plane.Resize(result.Width, result.Height).Pixels;
        return result.WithAlpha([.. Enumerable.Range(0, resized.Length / 3).Select(i => resized[i * 3])]);
    }
}

using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Evaluation;

/// <summary>Images as pages show them.</summary>
internal static class ShownImage
{
    /// <summary>The image, made smaller where its longer side is beyond a limit, in pixels.</summary>
    public static RgbImage Limit(RgbImage image, int side)
    {
        double scale = (double)side / Math.Max(image.Width, image.Height);
        return scale >= 1
            ? image
            : image.Resize(Math.Max(1, (int)(image.Width * scale)), Math.Max(1, (int)(image.Height * scale)));
    }
}

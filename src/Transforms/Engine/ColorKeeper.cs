using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Transforms;

/// <summary>Gives a gray result the colours of the image that it was made of.</summary>
internal static class ColorKeeper
{
    private const double LumaUnit = Luma.Red + Luma.Green + Luma.Blue;

    /// <summary>
    /// The image, resized to the result (bicubic), with the result as its luma: its colour differences (ITU-R BT.601)
    /// stay.
    /// </summary>
    public static RgbImage Apply(RgbImage image, RgbImage gray)
    {
        var result =
            image.Width == gray.Width && image.Height == gray.Height
                ? image.Clone()
                : image.Resize(gray.Width, gray.Height);
        var pixels = result.Pixels;
        for (int i = 0; i < pixels.Length; i += 3)
        {
            // R, G and B are luma plus colour differences, so a new luma moves all three alike.
            double luma = Luma.Red * pixels[i] + Luma.Green * pixels[i + 1] + Luma.Blue * pixels[i + 2],
                change = gray.Pixels[i] - luma / LumaUnit;
            for (int channel = 0; channel < 3; channel++)
                pixels[i + channel] = (byte)Math.Clamp(Math.Round(pixels[i + channel] + change), 0, 255);
        }
        return result;
    }
}

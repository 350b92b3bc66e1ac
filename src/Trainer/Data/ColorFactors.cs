namespace MlNetImageTranslation.Trainer;

/// <summary>
/// A change of an image's colours, as Pillow's ImageEnhance defines each: brightness moves pixels away from black,
/// contrast away from the image's mean luma, saturation away from their own luma. In this order.
/// </summary>
/// <param name="Brightness">1 for no change, 0 for black.</param>
/// <param name="Contrast">1 for no change, 0 for one gray.</param>
/// <param name="Saturation">1 for no change, 0 for gray.</param>
internal sealed record ColorFactors(double Brightness, double Contrast, double Saturation)
{
    // ITU-R 601.
    private const float Red = 0.299f;
    private const float Green = 0.587f;
    private const float Blue = 0.114f;

    /// <summary>The image in other colours.</summary>
    public RgbImage Of(RgbImage image)
    {
        float brightness = (float)Brightness,
            contrast = (float)Contrast,
            saturation = (float)Saturation;
        float mean = MathF.Round((float)MeanLuma(image.Pixels, brightness));
        var result = RgbImage.Uninitialized(image.Width, image.Height);
        for (int at = 0; at < image.Pixels.Length; at += 3)
        {
            float r = Level(mean, Scaled(image.Pixels[at], brightness), contrast),
                g = Level(mean, Scaled(image.Pixels[at + 1], brightness), contrast),
                b = Level(mean, Scaled(image.Pixels[at + 2], brightness), contrast),
                luma = Red * r + Green * g + Blue * b;
            result.Pixels[at] = (byte)MathF.Round(Level(luma, r, saturation));
            result.Pixels[at + 1] = (byte)MathF.Round(Level(luma, g, saturation));
            result.Pixels[at + 2] = (byte)MathF.Round(Level(luma, b, saturation));
        }
        return result;
    }

    private static double MeanLuma(byte[] pixels, float brightness)
    {
        double sum = 0;
        for (int at = 0; at < pixels.Length; at += 3)
            sum +=
                Red * Scaled(pixels[at], brightness)
                + Green * Scaled(pixels[at + 1], brightness)
                + Blue * Scaled(pixels[at + 2], brightness);
        return sum / (pixels.Length / 3);
    }

    private static float Scaled(byte value, float factor) => Math.Clamp(value * factor, 0, 255);

    private static float Level(float from, float value, float factor) =>
        Math.Clamp(from + (value - from) * factor, 0, 255);
}

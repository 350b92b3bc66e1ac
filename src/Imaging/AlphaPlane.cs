namespace MlNetImageTranslation.Imaging;

/// <summary>The alpha of images beside their colours.</summary>
internal static class AlphaPlane
{
    /// <summary>An image with alpha of 32-bit pixels; white where it is fully transparent.</summary>
    /// <param name="pixels">4 bytes a pixel: blue, green, red, alpha.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="redFirst">Whether red comes before blue instead.</param>
    /// <param name="multiplied">Whether colours are multiplied by alpha.</param>
    public static RgbImage Split(
        ReadOnlySpan<byte> pixels,
        int width,
        int height,
        bool redFirst = false,
        bool multiplied = false
    )
    {
        var image = RgbImage.Uninitialized(width, height);
        var alpha = new byte[width * height];
        int red = redFirst ? 0 : 2;
        for (int i = 0; i < alpha.Length; i++)
        {
            var pixel = pixels.Slice(i * 4, 4);
            var color = image.Pixels.AsSpan(i * 3, 3);
            int a = alpha[i] = pixel[3];
            color[0] = Straight(pixel[red], a, multiplied);
            color[1] = Straight(pixel[1], a, multiplied);
            color[2] = Straight(pixel[2 - red], a, multiplied);
        }
        return image.WithAlpha(alpha);
    }

    /// <summary>Puts alpha into 32-bit pixels, and leaves their colours.</summary>
    public static void Set(Span<byte> pixels, ReadOnlySpan<byte> alpha)
    {
        for (int i = 0; i < alpha.Length; i++)
            pixels[i * 4 + 3] = alpha[i];
    }

    /// <summary>Puts alpha into 32-bit pixels, and multiplies their colours by it.</summary>
    public static void Multiply(Span<byte> pixels, ReadOnlySpan<byte> alpha)
    {
        for (int i = 0; i < alpha.Length; i++)
        {
            var pixel = pixels.Slice(i * 4, 4);
            for (int c = 0; c < 3; c++)
                pixel[c] = (byte)((pixel[c] * alpha[i] + 127) / 255);
            pixel[3] = alpha[i];
        }
    }

    /// <summary>Multiplies the colours of 32-bit pixels by their alpha.</summary>
    public static void Multiply(Span<byte> pixels)
    {
        for (int i = 0; i < pixels.Length; i += 4)
        for (int c = 0; c < 3; c++)
            pixels[i + c] = (byte)((pixels[i + c] * pixels[i + 3] + 127) / 255);
    }

    /// <summary>The alpha of an image after a change that is made to images.</summary>
    /// <param name="image">An image with alpha.</param>
    /// <param name="change">Gets the alpha as an opaque gray image.</param>
    public static byte[] Change(RgbImage image, Func<RgbImage, RgbImage> change)
    {
        var plane = RgbImage.Uninitialized(image.Width, image.Height);
        for (int i = 0; i < plane.Pixels.Length; i++)
            plane.Pixels[i] = image.Alpha![i / 3];
        var changed = change(plane);
        var result = new byte[changed.Pixels.Length / 3];
        for (int i = 0; i < result.Length; i++)
            result[i] = changed.Pixels[i * 3];
        return result;
    }

    private static byte Straight(int sample, int alpha, bool multiplied) =>
        alpha == 0 ? (byte)255
        : multiplied ? (byte)Math.Min(255, (sample * 255 + alpha / 2) / alpha)
        : (byte)sample;
}

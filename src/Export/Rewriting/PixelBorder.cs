namespace MlNetImageTranslation.Export;

/// <summary>
/// What a model of convolutions without padding (waifu2x, SRCNN) loses at each border: inside of the adapted model
/// images are widened by repeating their edges, and what the result then has too much is cut off.
/// </summary>
/// <param name="Pad">Pixels added on all four sides of the image.</param>
/// <param name="CropStart">Pixels cut off the result's top and left.</param>
/// <param name="CropEnd">Pixels cut off its bottom and right.</param>
internal readonly record struct PixelBorder(int Pad, int CropStart, int CropEnd)
{
    /// <summary>
    /// The border for results that are <paramref name="loss"/> pixels smaller than <paramref name="scale"/> times the
    /// image.
    /// </summary>
    public static PixelBorder For(int loss, int scale)
    {
        int pad = (loss + 2 * scale - 1) / (2 * scale),
            start = scale * pad - loss / 2;
        return new(pad, start, 2 * scale * pad - loss - start);
    }
}

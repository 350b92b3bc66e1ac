namespace MlNetImageTranslation;

/// <summary>
/// Luma of an RGB pixel by ITU-R BT.601 (0.299 R + 0.587 G + 0.114 B), rounded as Pillow's <c>convert("L")</c> does.
/// </summary>
internal static class Luma
{
    /// <summary>The weights of red, green and blue, in 65536ths.</summary>
    public const int Red = 19595,
        Green = 38470,
        Blue = 7471;

    /// <summary>The luma of a pixel, 0..255.</summary>
    public static byte Of(byte red, byte green, byte blue) =>
        (byte)((red * Red + green * Green + blue * Blue + 0x8000) >> 16);
}

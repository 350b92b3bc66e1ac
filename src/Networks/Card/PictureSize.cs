using System.Globalization;

namespace MlNetImageTranslation.Networks;

/// <summary>Height and width of a picture, in pixels.</summary>
/// <param name="Height">Rows, at least 1.</param>
/// <param name="Width">Columns, at least 1.</param>
public readonly record struct PictureSize(int Height, int Width)
{
    /// <summary>Reads <c>256</c> (a square) or <c>256x512</c> (height, then width).</summary>
    /// <exception cref="FormatException">The text is neither, or a side is not 1..65535.</exception>
    public static PictureSize Parse(string text)
    {
        var sides = text.Split('x');
        int height = 0, width = 0;
        bool read = sides.Length is 1 or 2
            && int.TryParse(sides[0], NumberStyles.None, CultureInfo.InvariantCulture, out height)
            && int.TryParse(sides[^1], NumberStyles.None, CultureInfo.InvariantCulture, out width);
        return read && height is > 0 and < 65536 && width is > 0 and < 65536
            ? new(height, width)
            : throw new FormatException($"'{text}' is not a picture size; expected HEIGHTxWIDTH such as 256x512, or one number for a square.");
    }

    /// <summary>The size as <c>256x512</c>: height, then width.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Height}x{Width}");
}

using System.ComponentModel;
using System.Globalization;

namespace MlNetImageTranslation.Weights;

/// <summary>Width and height of an image, in pixels.</summary>
/// <param name="Width">Columns, at least 1.</param>
/// <param name="Height">Rows, at least 1.</param>
[TypeConverter(typeof(ImageSizeTypeConverter))]
public readonly record struct ImageSize(int Width, int Height)
{
    private const int LargestSide = 65535;

    /// <summary>Reads <c>256</c> (a square) or <c>512x256</c> (width, then height).</summary>
    /// <exception cref="FormatException">The text is neither, or a side is not 1..65535.</exception>
    public static ImageSize Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var sides = text.Split('x');
        return sides.Length <= 2 && TryParseSide(sides[0], out int width) && TryParseSide(sides[^1], out int height)
            ? new(width, height)
            : throw new FormatException(
                $"'{text}' is not an image size; expected WIDTHxHEIGHT such as 512x256, or one number for a square."
            );
    }

    /// <summary>A square with this side.</summary>
    public static implicit operator ImageSize(int side) => FromInt32(side);

    /// <summary>A square with this side.</summary>
    public static ImageSize FromInt32(int side) => new(side, side);

    /// <summary>The size as <c>512x256</c>: width, then height.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Width}x{Height}");

    private static bool TryParseSide(string text, out int side) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out side) && side is > 0 and <= LargestSide;
}

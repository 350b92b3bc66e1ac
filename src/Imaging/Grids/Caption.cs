namespace MlNetImageTranslation.Imaging;

/// <summary>Draws short texts into images, antialiased, in a built-in font (ASCII and a few signs).</summary>
internal static class Caption
{
    /// <summary>Free grid columns between two characters.</summary>
    private const float Gap = 2f;

    /// <summary>The width in pixels of <paramref name="text"/>.</summary>
    /// <param name="text">One line.</param>
    /// <param name="capHeight">Height of a capital in pixels.</param>
    public static int Measure(string text, int capHeight)
    {
        ArgumentNullException.ThrowIfNull(text);
        var columns = text.Sum(c => StrokeFont.Find(c).Width + Gap) - (text.Length > 0 ? Gap : 0);
        return (int)MathF.Ceiling(columns * capHeight / StrokeFont.CapRows + StrokeWidth(capHeight));
    }

    /// <summary>
    /// The text itself, or as much of it as fits into <paramref name="width"/> pixels with three dots at its end.
    /// </summary>
    public static string Fit(string text, int capHeight, int width)
    {
        if (Measure(text, capHeight) <= width)
            return text;
        for (var length = text.Length - 1; length > 0; length--)
        {
            var shorter = text[..length] + "...";
            if (Measure(shorter, capHeight) <= width)
                return shorter;
        }
        return "";
    }

    /// <summary>Writes one line; what lies outside of the image is cut off.</summary>
    /// <param name="target">Drawn into.</param>
    /// <param name="text">One line.</param>
    /// <param name="left">Left edge of the first character.</param>
    /// <param name="top">Top edge of its capitals.</param>
    /// <param name="capHeight">Height of a capital in pixels, 6 or more to be readable.</param>
    /// <param name="color">Ink.</param>
    public static void Draw(
        RgbImage target,
        string text,
        int left,
        int top,
        int capHeight,
        (byte R, byte G, byte B) color
    )
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(capHeight, 1);
        var unit = (float)capHeight / StrokeFont.CapRows;
        var radius = StrokeWidth(capHeight) / 2;
        var x = left + radius;
        foreach (var character in text)
        {
            var glyph = StrokeFont.Find(character);
            DrawGlyph(target, glyph, x, top + radius, unit, radius, color);
            x += (glyph.Width + Gap) * unit;
        }
    }

    private static float StrokeWidth(int capHeight) => Math.Max(1.2f, capHeight / 7.5f);

    private static void DrawGlyph(
        RgbImage target,
        Glyph glyph,
        float left,
        float top,
        float unit,
        float radius,
        (byte R, byte G, byte B) color
    )
    {
        if (glyph.Segments.Length == 0)
            return;
        int margin = (int)MathF.Ceiling(radius + 1);
        int firstX = Math.Max(0, (int)left - margin),
            lastX = Math.Min(target.Width - 1, (int)(left + glyph.Width * unit) + margin);
        int firstY = Math.Max(0, (int)top - margin),
            lastY = Math.Min(target.Height - 1, (int)(top + StrokeFont.LineRows * unit) + margin);
        for (var y = firstY; y <= lastY; y++)
        {
            for (var x = firstX; x <= lastX; x++)
            {
                var distance = float.MaxValue;
                foreach (var segment in glyph.Segments)
                    distance = Math.Min(
                        distance,
                        segment.DistanceTo((x + 0.5f - left) / unit, (y + 0.5f - top) / unit)
                    );
                var ink = Math.Clamp(radius + 0.5f - distance * unit, 0f, 1f);
                if (ink <= 0)
                    continue;
                var (r, g, b) = target[x, y];
                target[x, y] = (Mix(r, color.R, ink), Mix(g, color.G, ink), Mix(b, color.B, ink));
            }
        }
    }

    private static byte Mix(byte paper, byte ink, float share) => (byte)MathF.Round(paper + (ink - paper) * share);
}

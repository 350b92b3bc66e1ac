namespace MlNetImageTranslation.Imaging;

/// <summary>A heading over a column of a <see cref="SampleGrid"/>, on one line or two.</summary>
internal sealed class GridHeading
{
    // A column is not made wider than so many capitals are high, whatever is written over it.
    private const int WidestColumn = 20;

    private readonly int _capHeight;

    /// <summary>Lays a heading out.</summary>
    /// <param name="text">One line.</param>
    /// <param name="capHeight">Height of a capital in pixels.</param>
    /// <param name="imageWidth">The width of the column's images.</param>
    public GridHeading(string text, int capHeight, int imageWidth)
    {
        _capHeight = capHeight;
        if (Caption.Measure(text, capHeight) <= imageWidth)
        {
            Lines = [text];
            ColumnWidth = imageWidth;
            return;
        }
        Lines = Broken(text, capHeight);
        // Headings that fill their columns would read as one line of text without a space between them.
        int widest = Lines.Max(line => Caption.Measure(line, capHeight)) + capHeight;
        ColumnWidth = Math.Max(imageWidth, Math.Min(widest, WidestColumn * capHeight));
        Lines = [.. Lines.Select(line => Caption.Fit(line, capHeight, ColumnWidth))];
    }

    /// <summary>The lines, from above.</summary>
    public IReadOnlyList<string> Lines { get; }

    /// <summary>The width in pixels of the column: the images' or more.</summary>
    public int ColumnWidth { get; }

    /// <summary>Pixels from one line to the next.</summary>
    public static int LineHeight(int capHeight) => capHeight * 3 / 2;

    /// <summary>Writes it in the middle of its column.</summary>
    /// <param name="target">Drawn into.</param>
    /// <param name="left">Left edge of the column.</param>
    /// <param name="top">Top edge of the capitals of the last line.</param>
    /// <param name="color">Ink.</param>
    public void Draw(RgbImage target, int left, int top, (byte R, byte G, byte B) color)
    {
        for (int i = 0; i < Lines.Count; i++)
            Caption.Draw(
                target,
                Lines[i],
                left + (ColumnWidth - Caption.Measure(Lines[i], _capHeight)) / 2,
                top - (Lines.Count - 1 - i) * LineHeight(_capHeight),
                _capHeight,
                color
            );
    }

    // Two lines, the wider of which is as short as can be; one where there is one word.
    private static string[] Broken(string text, int capHeight) =>
        Enumerable
            .Range(0, text.Length)
            .Where(i => text[i] == ' ')
            .Select(i => new[] { text[..i], text[(i + 1)..] })
            .Append([text])
            .MinBy(lines => lines.Max(line => Caption.Measure(line, capHeight)))!;
}

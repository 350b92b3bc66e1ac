namespace MlNetImageTranslation.Imaging;

/// <summary>Rows of pictures under column headings ("source", "translated", "target"), with an optional label above each row.</summary>
public sealed class SampleGrid
{
    private const byte Paper = 255;
    private static readonly (byte R, byte G, byte B) Ink = (32, 36, 42), Pale = (110, 116, 124);

    private readonly IReadOnlyList<string> _headings;
    private readonly List<(string? Label, IReadOnlyList<RgbImage> Pictures)> _rows = [];

    /// <summary>An empty grid.</summary>
    /// <param name="headings">One for each column; at least one column.</param>
    /// <exception cref="ArgumentException">No headings.</exception>
    public SampleGrid(params IReadOnlyList<string> headings)
    {
        ArgumentNullException.ThrowIfNull(headings);
        if (headings.Count == 0) throw new ArgumentException("A grid has one column or more; got none.", nameof(headings));
        _headings = headings;
    }

    /// <summary>A line above the headings, or null.</summary>
    public string? Title { get; init; }

    /// <summary>Every pixel of a picture becomes Zoom x Zoom pixels. Default 1.</summary>
    public int Zoom { get; init; } = 1;

    /// <summary>The number of rows so far.</summary>
    public int RowCount => _rows.Count;

    /// <summary>Adds a row without a label.</summary>
    /// <exception cref="ArgumentException">Not as many pictures as headings.</exception>
    public void Add(params IReadOnlyList<RgbImage> pictures) => AddLabelled(null, pictures);

    /// <summary>Adds a row with a label above it.</summary>
    /// <exception cref="ArgumentException">Not as many pictures as headings.</exception>
    public void AddLabelled(string? label, params IReadOnlyList<RgbImage> pictures)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        if (pictures.Count != _headings.Count)
            throw new ArgumentException($"A row of this grid has {_headings.Count} pictures ({string.Join(", ", _headings)}); got {pictures.Count}.", nameof(pictures));
        _rows.Add((label, pictures));
    }

    /// <summary>Draws the grid. Pictures of different sizes are centred in their cells.</summary>
    /// <exception cref="InvalidOperationException">No rows.</exception>
    public RgbImage Render()
    {
        if (_rows.Count == 0) throw new InvalidOperationException("A grid without rows cannot be drawn: Add one first.");
        var rows = _rows.Select(row => (row.Label, Pictures: row.Pictures.Select(Enlarge).ToArray())).ToArray();
        var columns = Enumerable.Range(0, _headings.Count).Select(c => rows.Max(row => row.Pictures[c].Width)).ToArray();
        // Letters grow with the pictures, within what stays readable and handsome.
        var capHeight = Math.Clamp(columns.Max() / 18, 8, 15);
        int margin = capHeight, gap = Math.Max(4, capHeight / 2), line = capHeight * 2;
        var width = 2 * margin + columns.Sum() + gap * (columns.Length - 1);
        var height = 2 * margin - gap + (Title is null ? 0 : line) + line + rows.Sum(row => RowHeight(row.Pictures) + gap + (row.Label is null ? 0 : line));

        var grid = RgbImage.Filled(width, height, Paper, Paper, Paper);
        var y = margin;
        if (Title is not null)
        {
            Caption.Draw(grid, Caption.Fit(Title, capHeight, width - 2 * margin), margin, y, capHeight, Ink);
            y += line;
        }
        DrawHeadings(grid, columns, margin, gap, y, capHeight);
        y += line;
        foreach (var (label, pictures) in rows)
        {
            if (label is not null)
            {
                Caption.Draw(grid, Caption.Fit(label, capHeight, width - 2 * margin), margin, y, capHeight, Pale);
                y += line;
            }
            var rowHeight = RowHeight(pictures);
            for (int c = 0, x = margin; c < columns.Length; x += columns[c++] + gap)
                ImageGeometry.Paste(pictures[c], grid, x + (columns[c] - pictures[c].Width) / 2, y + (rowHeight - pictures[c].Height) / 2);
            y += rowHeight + gap;
        }
        return grid;
    }

    /// <summary>Draws the grid into a file (.png, .jpg, .webp).</summary>
    public void Save(string path) => ImageEncoder.Save(Render(), path, System.IO.Compression.CompressionLevel.Optimal);

    private void DrawHeadings(RgbImage grid, int[] columns, int margin, int gap, int y, int capHeight)
    {
        for (int c = 0, x = margin; c < columns.Length; x += columns[c++] + gap)
        {
            var heading = Caption.Fit(_headings[c], capHeight, columns[c]);
            Caption.Draw(grid, heading, x + (columns[c] - Caption.Measure(heading, capHeight)) / 2, y, capHeight, Ink);
        }
    }

    private RgbImage Enlarge(RgbImage picture) =>
        ImageResizer.Resize(picture, checked(picture.Width * Zoom), checked(picture.Height * Zoom), ResizeFilter.Nearest);

    private static int RowHeight(RgbImage[] pictures) => pictures.Max(p => p.Height);
}

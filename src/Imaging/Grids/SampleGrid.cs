namespace MlNetImageTranslation.Imaging;

/// <summary>
/// Rows of images under column headings ("source", "translated", "target"), with an optional label above each row. A
/// heading that is wider than its images takes two lines where it has several words, and else makes its column wider.
/// </summary>
public sealed class SampleGrid
{
    private const byte Paper = 255;
    private static readonly (byte R, byte G, byte B) Ink = (32, 36, 42),
        Pale = (110, 116, 124);

    private readonly IReadOnlyList<string> _headings;
    private readonly List<(string? Label, IReadOnlyList<RgbImage> Images)> _rows = [];

    /// <summary>An empty grid.</summary>
    /// <param name="headings">One for each column; at least one column.</param>
    /// <exception cref="ArgumentException">No headings.</exception>
    public SampleGrid(params IReadOnlyList<string> headings)
    {
        ArgumentNullException.ThrowIfNull(headings);
        if (headings.Count == 0)
            throw new ArgumentException("A grid has one column or more; got none.", nameof(headings));
        _headings = headings;
    }

    /// <summary>A line above the headings, or null.</summary>
    public string? Title { get; init; }

    /// <summary>Every pixel of an image becomes Zoom x Zoom pixels. Default 1.</summary>
    public int Zoom { get; init; } = 1;

    /// <summary>The number of rows so far.</summary>
    public int RowCount => _rows.Count;

    /// <summary>Adds a row without a label.</summary>
    /// <exception cref="ArgumentException">Not as many images as headings.</exception>
    public void Add(params IReadOnlyList<RgbImage> images) => AddLabelled(null, images);

    /// <summary>Adds a row with a label above it.</summary>
    /// <exception cref="ArgumentException">Not as many images as headings.</exception>
    public void AddLabelled(string? label, params IReadOnlyList<RgbImage> images)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (images.Count != _headings.Count)
            throw new ArgumentException(
                $"A row of this grid has {_headings.Count} images ({string.Join(", ", _headings)}); got "
                    + $"{images.Count}.",
                nameof(images)
            );
        _rows.Add((label, images));
    }

    /// <summary>Draws the grid. Images of different sizes are centred in their cells.</summary>
    /// <exception cref="InvalidOperationException">No rows.</exception>
    public RgbImage Render()
    {
        if (_rows.Count == 0)
            throw new InvalidOperationException("A grid without rows cannot be drawn: Add one first.");
        var rows = _rows.Select(row => (row.Label, Images: row.Images.Select(Enlarge).ToArray())).ToArray();
        var widths = Enumerable.Range(0, _headings.Count).Select(c => rows.Max(row => row.Images[c].Width)).ToArray();
        // Letters grow with the images, within what stays readable and handsome.
        var capHeight = Math.Clamp(widths.Max() / 18, 8, 15);
        var headings = widths.Select((width, c) => new GridHeading(_headings[c], capHeight, width)).ToArray();
        var columns = Array.ConvertAll(headings, heading => heading.ColumnWidth);
        int margin = capHeight,
            gap = Math.Max(4, capHeight / 2),
            line = capHeight * 2,
            headingHeight =
                line + (headings.Max(heading => heading.Lines.Count) - 1) * GridHeading.LineHeight(capHeight);
        var width = 2 * margin + columns.Sum() + gap * (columns.Length - 1);
        var height =
            2 * margin
            - gap
            + (Title is null ? 0 : line)
            + headingHeight
            + rows.Sum(row => RowHeight(row.Images) + gap + (row.Label is null ? 0 : line));

        var grid = RgbImage.Filled(width, height, Paper, Paper, Paper);
        var y = margin;
        if (Title is not null)
        {
            Caption.Draw(grid, Caption.Fit(Title, capHeight, width - 2 * margin), margin, y, capHeight, Ink);
            y += line;
        }
        y += headingHeight;
        for (int c = 0, x = margin; c < columns.Length; x += columns[c++] + gap)
            headings[c].Draw(grid, x, y - line, Ink);
        foreach (var (label, images) in rows)
        {
            if (label is not null)
            {
                Caption.Draw(grid, Caption.Fit(label, capHeight, width - 2 * margin), margin, y, capHeight, Pale);
                y += line;
            }
            var rowHeight = RowHeight(images);
            for (int c = 0, x = margin; c < columns.Length; x += columns[c++] + gap)
                ImageGeometry.Paste(
                    images[c],
                    grid,
                    x + (columns[c] - images[c].Width) / 2,
                    y + (rowHeight - images[c].Height) / 2
                );
            y += rowHeight + gap;
        }
        return grid;
    }

    /// <summary>Draws the grid into a file (.png, .jpg, .webp).</summary>
    public void Save(string path) => ImageEncoder.Save(Render(), path, System.IO.Compression.CompressionLevel.Optimal);

    private RgbImage Enlarge(RgbImage image) =>
        ImageResizer.Resize(image, checked(image.Width * Zoom), checked(image.Height * Zoom), ResizeFilter.Nearest);

    private static int RowHeight(RgbImage[] images) => images.Max(p => p.Height);
}

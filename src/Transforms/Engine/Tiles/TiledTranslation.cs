using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Transforms;

/// <summary>Translates an image that is too large for one run in overlapping tiles whose borders are blended.</summary>
/// <param name="Pixels">The most pixels of a tile.</param>
/// <param name="Overlap">Pixels that neighbouring tiles share, at most half a tile.</param>
/// <param name="Multiple">What the model's sides are multiples of.</param>
/// <param name="Scale">How many times larger the output is.</param>
/// <param name="Height">The only height of a tile, or null.</param>
/// <param name="Width">The only width of a tile, or null.</param>
internal sealed record TiledTranslation(
    long Pixels,
    int Overlap,
    int Multiple,
    int Scale,
    int? Height = null,
    int? Width = null
)
{
    /// <summary>
    /// Translates <paramref name="image"/>; tiles of one row of tiles are run together by <paramref name="run"/>.
    /// </summary>
    public RgbImage Translate(
        RgbImage image,
        ImagePadding padding,
        Func<IReadOnlyList<RgbImage>, IReadOnlyList<RgbImage>> run
    )
    {
        var padded = Padded(image, padding);
        var (rows, columns) = Layouts(padded);
        var result = new RgbImage(padding.Width * Scale, padding.Height * Scale);
        var blender = new TileBlender(padded.Width * Scale, rows.Tile * Scale);
        int bottom = (padding.Top + padding.Height) * Scale;
        for (int r = 0; r < rows.Starts.Length; r++)
        {
            blender.MoveTo(rows.Starts[r] * Scale, Write);
            int top = rows.Starts[r];
            var tiles = run([
                .. columns.Starts.Select(left => ImageGeometry.Crop(padded, left, top, columns.Tile, rows.Tile)),
            ]);
            var rowWeights = rows.Weights(r);
            for (int c = 0; c < tiles.Count; c++)
                blender.Add(tiles[c].Pixels, columns.Starts[c] * Scale, rowWeights, columns.Weights(c));
        }
        blender.MoveTo(padded.Height * Scale, Write);
        return result;

        void Write(int y, ReadOnlySpan<float> row)
        {
            if (y < padding.Top * Scale || y >= bottom)
                return;
            var target = result.Row(y - padding.Top * Scale);
            row = row.Slice(padding.Left * Scale * 3, target.Length);
            for (int i = 0; i < target.Length; i++)
                target[i] = (byte)Math.Clamp(MathF.Round(row[i]), 0, 255);
        }
    }

    /// <summary>The tiles one by one, each with the share of the image that it stands for.</summary>
    public IEnumerable<(RgbImage Tile, double Share)> Tiles(RgbImage image, ImagePadding padding)
    {
        var padded = Padded(image, padding);
        var (rows, columns) = Layouts(padded);
        for (int r = 0; r < rows.Starts.Length; r++)
        for (int c = 0; c < columns.Starts.Length; c++)
            yield return (
                ImageGeometry.Crop(padded, columns.Starts[c], rows.Starts[r], columns.Tile, rows.Tile),
                rows.Weights(r).Sum() * columns.Weights(c).Sum()
            );
    }

    private static RgbImage Padded(RgbImage image, ImagePadding padding)
    {
        if (padding.IsNone)
            return image;
        var padded = RgbImage.Uninitialized(padding.PaddedWidth, padding.PaddedHeight);
        padding.Pad(image.Pixels, padded.Pixels);
        return padded;
    }

    private (TileLayout Rows, TileLayout Columns) Layouts(RgbImage padded)
    {
        int side = RoundDown(Math.Sqrt(Pixels));
        int height = Height ?? Math.Min(side, padded.Height),
            width = Width ?? Math.Min(RoundDown((double)Pixels / height), padded.Width);
        // A wide flat image needs no cut across; a narrow tall one gets taller tiles.
        height = Height ?? Math.Min(RoundDown((double)Pixels / width), padded.Height);
        // Strided convolutions give the same only where tiles begin on their grid; a grid as coarse as the tiles
        // themselves would leave no overlap. Tiles of a fixed side begin anywhere.
        int align = Multiple <= Math.Min(height, width) / 4 ? Multiple : 1;
        return (
            new(padded.Height, height, Overlap, Height is null ? align : 1, Scale),
            new(padded.Width, width, Overlap, Width is null ? align : 1, Scale)
        );
    }

    private int RoundDown(double side) =>
        (int)Math.Max(Multiple, Math.Min(side, 65536) / Multiple is var count ? (int)count * Multiple : Multiple);
}

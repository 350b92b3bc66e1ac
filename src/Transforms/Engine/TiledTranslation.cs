using MlNetImageTranslation.Export;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Transforms;

/// <summary>Translates an image that is too large for one run in overlapping tiles whose borders are blended.</summary>
/// <param name="pixels">The most pixels of a tile.</param>
/// <param name="overlap">Pixels that neighbouring tiles share, at most half a tile.</param>
/// <param name="multiple">What the model's sides are multiples of.</param>
/// <param name="scale">How many times larger the output is.</param>
/// <param name="only">The only size of a tile, or null.</param>
internal sealed class TiledTranslation(long pixels, int overlap, int multiple, int scale, ImageSize? only = null)
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
        var result = new RgbImage(padding.Width * scale, padding.Height * scale);
        var blender = new TileBlender(padded.Width * scale, rows.Tile * scale);
        int bottom = (padding.Top + padding.Height) * scale;
        for (int r = 0; r < rows.Starts.Length; r++)
        {
            blender.MoveTo(rows.Starts[r] * scale, Write);
            int top = rows.Starts[r];
            var tiles = run([
                .. columns.Starts.Select(left => ImageGeometry.Crop(padded, left, top, columns.Tile, rows.Tile)),
            ]);
            var rowWeights = rows.Weights(r);
            for (int c = 0; c < tiles.Count; c++)
                blender.Add(tiles[c].Pixels, columns.Starts[c] * scale, rowWeights, columns.Weights(c));
        }
        blender.MoveTo(padded.Height * scale, Write);
        return result;

        void Write(int y, ReadOnlySpan<float> row)
        {
            if (y < padding.Top * scale || y >= bottom)
                return;
            var target = result.Row(y - padding.Top * scale);
            row = row.Slice(padding.Left * scale * 3, target.Length);
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
        var padded = new RgbImage(padding.PaddedWidth, padding.PaddedHeight);
        padding.Pad(image.Pixels, padded.Pixels);
        return padded;
    }

    private (TileLayout Rows, TileLayout Columns) Layouts(RgbImage padded)
    {
        if (only is { } size)
            return (
                new(padded.Height, size.Height, overlap, 1, scale),
                new(padded.Width, size.Width, overlap, 1, scale)
            );
        int side = RoundDown(Math.Sqrt(pixels));
        int height = Math.Min(side, padded.Height),
            width = Math.Min(RoundDown((double)pixels / height), padded.Width);
        // A wide flat image needs no cut across; a narrow tall one gets taller tiles.
        height = Math.Min(RoundDown((double)pixels / width), padded.Height);
        // Strided convolutions give the same only where tiles begin on their grid; a grid as coarse as the tiles
        // themselves would leave no overlap.
        int align = multiple <= Math.Min(height, width) / 4 ? multiple : 1;
        return (new(padded.Height, height, overlap, align, scale), new(padded.Width, width, overlap, align, scale));
    }

    private int RoundDown(double side) =>
        (int)Math.Max(multiple, Math.Min(side, 65536) / multiple is var count ? (int)count * multiple : multiple);
}

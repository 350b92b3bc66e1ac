using System.Numerics;
using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Transforms;

/// <summary>Translates an image that is too large for one run in overlapping tiles whose borders are blended.</summary>
/// <param name="Pixels">The most pixels of a tile.</param>
/// <param name="Overlap">Pixels that neighbouring tiles share, at most half a tile.</param>
/// <param name="Multiple">What the model's sides are multiples of.</param>
/// <param name="Grid">What tiles begin at multiples of, where they are large enough for it: a multiple of
/// <paramref name="Multiple"/>.</param>
/// <param name="Scale">How much larger or smaller the output is.</param>
/// <param name="Height">The only height of a tile, or null.</param>
/// <param name="Width">The only width of a tile, or null.</param>
internal sealed record TiledTranslation(
    long Pixels,
    int Overlap,
    int Multiple,
    int Grid,
    ImageScale Scale,
    int? Height = null,
    int? Width = null
)
{
    /// <summary>
    /// Translates <paramref name="source"/>; tiles of one row of tiles are run together by <paramref name="run"/>.
    /// </summary>
    public RgbImage Translate(
        SourcePixels source,
        ImagePadding padding,
        Func<IReadOnlyList<SourcePixels>, IReadOnlyList<RgbImage>> run
    ) =>
        new(
            padding.Width * Scale,
            padding.Height * Scale,
            Translate(
                source.Samples,
                padding,
                (tiles, width, height) =>
                    run([.. tiles.Select(tile => new SourceSamples(width, height, tile))])
                        .Select(result => result.Pixels)
            )
        );

    /// <summary>The same for an image of 16 bits a sample, whose tiles are run one by one.</summary>
    public RgbImage16 Translate(RgbImage16 image, ImagePadding padding, Func<RgbImage16, RgbImage16> run) =>
        new(
            padding.Width * Scale,
            padding.Height * Scale,
            Translate(
                image.Pixels,
                padding,
                (tiles, width, height) => tiles.Select(tile => run(new(width, height, tile)).Pixels)
            )
        );

    private T[] Translate<T>(T[] image, ImagePadding padding, Func<IReadOnlyList<T[]>, int, int, IEnumerable<T[]>> run)
        where T : struct, INumber<T>
    {
        var padded = Padded(image, padding);
        var (rows, columns) = Layouts(padding.PaddedHeight, padding.PaddedWidth);
        var result = new T[checked(padding.Height * Scale * (padding.Width * Scale) * 3)];
        var blender = new TileBlender(padding.PaddedWidth * Scale, rows.Tile * Scale);
        int bottom = (padding.Top + padding.Height) * Scale,
            stride = padding.Width * Scale * 3;
        for (int r = 0; r < rows.Starts.Length; r++)
        {
            blender.MoveTo(rows.Starts[r] * Scale, Write);
            int top = rows.Starts[r];
            var tiles = run(
                [.. columns.Starts.Select(left => Crop(padded, padding, left, top, columns.Tile, rows.Tile))],
                columns.Tile,
                rows.Tile
            );
            var rowWeights = rows.Weights(r);
            foreach (var (c, tile) in tiles.Index())
                blender.Add<T>(tile, columns.Starts[c] * Scale, rowWeights, columns.Weights(c));
        }
        blender.MoveTo(padding.PaddedHeight * Scale, Write);
        return result;

        void Write(int y, ReadOnlySpan<float> row)
        {
            if (y < padding.Top * Scale || y >= bottom)
                return;
            var target = result.AsSpan((y - padding.Top * Scale) * stride, stride);
            row = row.Slice(padding.Left * Scale * 3, target.Length);
            for (int i = 0; i < target.Length; i++)
                target[i] = T.CreateSaturating(MathF.Round(row[i]));
        }
    }

    /// <summary>The tiles one by one, each with the share of the image that it stands for.</summary>
    public IEnumerable<(SourcePixels Tile, double Share)> Tiles(SourcePixels source, ImagePadding padding)
    {
        byte[] padded = Padded(source.Samples, padding);
        var (rows, columns) = Layouts(padding.PaddedHeight, padding.PaddedWidth);
        for (int r = 0; r < rows.Starts.Length; r++)
        for (int c = 0; c < columns.Starts.Length; c++)
            yield return (
                new SourceSamples(
                    columns.Tile,
                    rows.Tile,
                    Crop(padded, padding, columns.Starts[c], rows.Starts[r], columns.Tile, rows.Tile)
                ),
                rows.Weights(r).Sum() * columns.Weights(c).Sum()
            );
    }

    private static T[] Padded<T>(T[] image, ImagePadding padding)
    {
        if (padding.IsNone)
            return image;
        int samples = image.Length / (padding.Width * padding.Height);
        var padded = GC.AllocateUninitializedArray<T>(checked(padding.PaddedWidth * padding.PaddedHeight * samples));
        padding.Pad<T>(image, padded);
        return padded;
    }

    private static T[] Crop<T>(T[] padded, ImagePadding padding, int left, int top, int width, int height)
    {
        int samples = padded.Length / (padding.PaddedWidth * padding.PaddedHeight),
            row = width * samples;
        var tile = new T[checked(height * row)];
        for (int y = 0; y < height; y++)
            padded
                .AsSpan(checked(((top + y) * padding.PaddedWidth + left) * samples), row)
                .CopyTo(tile.AsSpan(y * row));
        return tile;
    }

    private (TileLayout Rows, TileLayout Columns) Layouts(int paddedHeight, int paddedWidth)
    {
        int side = RoundDown(Math.Sqrt(Pixels));
        int height = Height ?? Math.Min(side, paddedHeight),
            width = Width ?? Math.Min(RoundDown((double)Pixels / height), paddedWidth);
        // A wide flat image needs no cut across; a narrow tall one gets taller tiles.
        height = Height ?? Math.Min(RoundDown((double)Pixels / width), paddedHeight);
        // Strided convolutions give the same only where tiles begin on their grid; a grid as coarse as the tiles
        // themselves would leave no overlap. Tiles of a fixed side begin anywhere.
        int align = Grid;
        while (align > Multiple && align > Math.Min(height, width) / 4)
            align = align / 2 % Multiple == 0 ? align / 2 : Multiple;
        if (align > Math.Min(height, width) / 4)
            align = Scale.Down;
        return (
            new(paddedHeight, Height ?? OnGrid(height, paddedHeight), Overlap, Height is null ? align : 1, Scale),
            new(paddedWidth, Width ?? OnGrid(width, paddedWidth), Overlap, Width is null ? align : 1, Scale)
        );

        // As much beyond the grid as the image: the last tile begins on the grid then, and ends as the image does,
        // where models that complete a row of their strides complete the image's.
        int OnGrid(int tile, int length) => tile < length ? tile - (tile - length % align + align) % align : tile;
    }

    private int RoundDown(double side) =>
        (int)Math.Max(Multiple, Math.Min(side, 65536) / Multiple is var count ? (int)count * Multiple : Multiple);
}

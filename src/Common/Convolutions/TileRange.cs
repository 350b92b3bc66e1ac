namespace MlNetImageTranslation;

/// <summary>Some rows of tiles, counted through all images.</summary>
/// <param name="First">The first row.</param>
/// <param name="End">The row after the last one.</param>
internal readonly record struct TileRange(int First, int End)
{
    /// <summary>With fewer tiles, bringing weights into order for each part takes too long.</summary>
    private const int FewestTiles = 16;

    /// <summary>Rows of one image.</summary>
    /// <param name="Image">The image.</param>
    /// <param name="First">The first row, in the image.</param>
    /// <param name="End">The row after the last one.</param>
    public readonly record struct Piece(int Image, int First, int End);

    /// <summary>How many rows there are.</summary>
    public int Rows => End - First;

    /// <summary>All rows of a convolution, in ranges of a size that memory is kept small by.</summary>
    /// <param name="shape">The convolution.</param>
    /// <param name="mostTiles">How many tiles a range should have at most; it has one row at least.</param>
    public static IEnumerable<TileRange> All(WinogradShape shape, long mostTiles)
    {
        int rows = shape.Images * shape.TileRows,
            count = (int)Math.Clamp(mostTiles / shape.TileColumns, 1, rows);
        for (int first = 0; first < rows; first += count)
            yield return new(first, Math.Min(rows, first + count));
    }

    /// <summary>How many parts of the range give each of some threads something to do.</summary>
    /// <param name="shape">The convolution.</param>
    /// <param name="panels">Pieces of work that there are for each part.</param>
    /// <param name="threads">The threads.</param>
    public int PartCount(WinogradShape shape, int panels, int threads)
    {
        if (panels % threads == 0)
            return 1;
        int wanted = (2 * threads + panels - 1) / panels;
        return Math.Clamp(Rows * shape.TileColumns / FewestTiles, 1, Math.Min(Rows, wanted));
    }

    /// <summary>One of several parts of about the same size.</summary>
    public TileRange Part(int index, int count) =>
        new(First + (int)((long)Rows * index / count), First + (int)((long)Rows * (index + 1) / count));

    /// <summary>With the row above it, if that is in the same image: tiles reach into those below.</summary>
    public TileRange WithRowAbove(WinogradShape shape) =>
        First % shape.TileRows == 0 ? this : this with { First = First - 1 };

    /// <summary>The rows image by image.</summary>
    /// <param name="shape">The convolution.</param>
    /// <param name="most">The most rows of a piece.</param>
    public IEnumerable<Piece> Pieces(WinogradShape shape, int most)
    {
        for (int row = First; row < End; )
        {
            int image = row / shape.TileRows,
                begin = image * shape.TileRows,
                end = Math.Min(Math.Min(End, begin + shape.TileRows), row + most);
            yield return new(image, row - begin, end - begin);
            row = end;
        }
    }
}

namespace MlNetImageTranslation.Transforms;

/// <summary>
/// How a side of an image is cut into overlapping tiles, and how much of every pixel each tile gives. In the middle of
/// every overlap a quarter of it is blended by a raised cosine; the rest of an overlap is margin, which one tile gives
/// alone and the other only needs for its surroundings.
/// </summary>
internal sealed class TileLayout
{
    private readonly ImageScale _scale;
    private readonly int _blend;

    /// <param name="length">Pixels of the side.</param>
    /// <param name="tile">Pixels of a tile.</param>
    /// <param name="overlap">Pixels that neighbours share at least; at most half a tile.</param>
    /// <param name="align">What starts are multiples of.</param>
    /// <param name="scale">How much larger or smaller the output is.</param>
    public TileLayout(int length, int tile, int overlap, int align, ImageScale scale)
    {
        (Length, Tile, _scale) = (length, Math.Min(tile, length), scale);
        overlap = Math.Min(overlap, Tile / 2);
        _blend = Math.Max(1, overlap / 4);
        int step = Math.Max(align, (Tile - overlap) / align * align),
            rest = Length - Tile;
        int count = (rest + step - 1) / step + 1;
        Starts =
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => i == count - 1 ? rest : (int)((long)i * rest / (count - 1) / align * align)),
        ];
    }

    public int Length { get; }

    public int Tile { get; }

    /// <summary>Where the tiles begin.</summary>
    public int[] Starts { get; }

    /// <summary>The share of every output pixel of a tile; the shares of all tiles in one pixel sum up to 1.</summary>
    public float[] Weights(int index)
    {
        var weights = new float[Tile * _scale];
        for (int i = 0; i < weights.Length; i++)
        {
            double at = Starts[index] + (i + 0.5) * _scale.Down / _scale.Up;
            double weight = 1;
            if (index > 0)
                weight *= Rising(at, Border(index - 1));
            if (index < Starts.Length - 1)
                weight *= 1 - Rising(at, Border(index));
            weights[i] = (float)weight;
        }
        return weights;
    }

    // The middle of what tiles index and index + 1 share.
    private double Border(int index) => (Starts[index + 1] + Starts[index] + Tile) / 2.0;

    private double Rising(double at, double border) =>
        Math.Clamp((at - border) / _blend + 0.5, 0, 1) is var part ? (1 - Math.Cos(Math.PI * part)) / 2 : 0;
}

using System.Numerics;

namespace MlNetImageTranslation.Transforms;

/// <summary>
/// Sums up rows of weighted tiles, one band of tiles at a time, and writes finished rows into the result.
/// </summary>
internal sealed class TileBlender(int width, int bandHeight)
{
    private readonly float[] _band = new float[checked(bandHeight * width * 3)];
    private int _top;

    /// <summary>Adds a tile of RGB samples whose left edge is at <paramref name="left"/> in the current band.</summary>
    public void Add<T>(
        ReadOnlySpan<T> tile,
        int left,
        ReadOnlySpan<float> rowWeights,
        ReadOnlySpan<float> columnWeights
    )
        where T : struct, INumber<T>
    {
        int tileWidth = columnWeights.Length;
        for (int y = 0; y < rowWeights.Length; y++)
        {
            float row = rowWeights[y];
            if (row == 0)
                continue;
            var from = tile.Slice(y * tileWidth * 3, tileWidth * 3);
            var to = _band.AsSpan((y * width + left) * 3, tileWidth * 3);
            for (int x = 0, i = 0; x < tileWidth; x++, i += 3)
            {
                float weight = row * columnWeights[x];
                to[i] += weight * float.CreateTruncating(from[i]);
                to[i + 1] += weight * float.CreateTruncating(from[i + 1]);
                to[i + 2] += weight * float.CreateTruncating(from[i + 2]);
            }
        }
    }

    /// <summary>
    /// Moves the band down to <paramref name="top"/>; the rows above it are finished and handed to
    /// <paramref name="write"/> with their number.
    /// </summary>
    public void MoveTo(int top, Action<int, ReadOnlySpan<float>> write)
    {
        int rows = Math.Min(top - _top, bandHeight);
        for (int y = 0; y < rows; y++)
            write(_top + y, _band.AsSpan(y * width * 3, width * 3));
        _band.AsSpan(rows * width * 3).CopyTo(_band);
        _band.AsSpan(_band.Length - rows * width * 3).Clear();
        _top = top;
    }
}

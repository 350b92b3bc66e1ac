using System.Numerics;

namespace MlNetImageTranslation.Imaging;

/// <summary>
/// PNG's row filters for 3-byte pixels, and the usual choice among them: the least sum of absolute differences.
/// </summary>
internal static class PngFilter
{
    public const byte None = 0,
        Sub = 1,
        Up = 2,
        Paeth = 4;

    private const int PixelBytes = 3;

    /// <summary>Each sample less the one of the pixel to the left.</summary>
    public static void ApplySub(ReadOnlySpan<byte> row, Span<byte> target)
    {
        row[..PixelBytes].CopyTo(target);
        Subtract(row[PixelBytes..], row, target[PixelBytes..]);
    }

    /// <summary>Each sample less the one above.</summary>
    public static void ApplyUp(ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, Span<byte> target) =>
        Subtract(row, above, target);

    /// <summary>
    /// Each sample less the neighbour (left, above, above left) that is nearest to left + above - above left.
    /// </summary>
    public static void ApplyPaeth(ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, Span<byte> target)
    {
        for (var i = 0; i < PixelBytes; i++)
            target[i] = (byte)(row[i] - above[i]);
        for (var i = PixelBytes; i < row.Length; i++)
        {
            int left = row[i - PixelBytes],
                up = above[i],
                corner = above[i - PixelBytes];
            int toLeft = Math.Abs(up - corner),
                toUp = Math.Abs(left - corner),
                toCorner = Math.Abs(left + up - 2 * corner);
            var predicted =
                toLeft <= toUp && toLeft <= toCorner ? left
                : toUp <= toCorner ? up
                : corner;
            target[i] = (byte)(row[i] - predicted);
        }
    }

    /// <summary>Sum of the samples' absolute values as signed bytes.</summary>
    public static long Cost(ReadOnlySpan<byte> filtered)
    {
        long sum = 0;
        foreach (var value in filtered)
            sum += value < 128 ? value : 256 - value;
        return sum;
    }

    private static void Subtract(ReadOnlySpan<byte> values, ReadOnlySpan<byte> predictions, Span<byte> target)
    {
        var i = 0;
        for (; i + Vector<byte>.Count <= values.Length; i += Vector<byte>.Count)
            (new Vector<byte>(values[i..]) - new Vector<byte>(predictions[i..])).CopyTo(target[i..]);
        for (; i < values.Length; i++)
            target[i] = (byte)(values[i] - predictions[i]);
    }
}

using System.Numerics.Tensors;

namespace MlNetImageTranslation.Imaging;

/// <summary>
/// PNG's row filters, their inverse, and the usual choice among them: the least sum of absolute differences.
/// </summary>
internal static class PngFilter
{
    public const byte None = 0,
        Sub = 1,
        Up = 2,
        Average = 3,
        Paeth = 4;

    /// <summary>Each sample less the one of the pixel to the left.</summary>
    public static void ApplySub(ReadOnlySpan<byte> row, Span<byte> target, int pixelBytes)
    {
        row[..pixelBytes].CopyTo(target);
        Subtract(row[pixelBytes..], row, target[pixelBytes..]);
    }

    /// <summary>Each sample less the one above.</summary>
    public static void ApplyUp(ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, Span<byte> target) =>
        Subtract(row, above, target);

    /// <summary>
    /// Each sample less the neighbour (left, above, above left) that is nearest to left + above - above left.
    /// </summary>
    public static void ApplyPaeth(ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, Span<byte> target, int pixelBytes)
    {
        for (var i = 0; i < pixelBytes; i++)
            target[i] = (byte)(row[i] - above[i]);
        for (var i = pixelBytes; i < row.Length; i++)
        {
            byte predicted = Predict(row[i - pixelBytes], above[i], above[i - pixelBytes]);
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

    /// <summary>Turns a filtered row into its samples, in place.</summary>
    /// <param name="filter">The row's filter, 0 to 4; others count as none.</param>
    /// <param name="row">The filtered row.</param>
    /// <param name="above">The samples of the row above, or zeros.</param>
    /// <param name="pixelBytes">Bytes of a pixel.</param>
    public static void Undo(byte filter, Span<byte> row, ReadOnlySpan<byte> above, int pixelBytes)
    {
        for (int i = 0; i < row.Length; i++)
        {
            byte left = i < pixelBytes ? (byte)0 : row[i - pixelBytes];
            byte corner = i < pixelBytes ? (byte)0 : above[i - pixelBytes];
            row[i] += filter switch
            {
                Sub => left,
                Up => above[i],
                Average => (byte)((left + above[i]) / 2),
                Paeth => Predict(left, above[i], corner),
                _ => 0,
            };
        }
    }

    private static byte Predict(byte left, byte up, byte corner)
    {
        int toLeft = Math.Abs(up - corner),
            toUp = Math.Abs(left - corner),
            toCorner = Math.Abs(left + up - 2 * corner);
        return toLeft <= toUp && toLeft <= toCorner ? left
            : toUp <= toCorner ? up
            : corner;
    }

    private static void Subtract(ReadOnlySpan<byte> values, ReadOnlySpan<byte> predictions, Span<byte> target) =>
        TensorPrimitives.Subtract(values, predictions[..values.Length], target);
}

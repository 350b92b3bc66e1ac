using System.Numerics;
using System.Runtime.InteropServices;

namespace MlNetImageTranslation.Evaluation;

/// <summary>Sums over rows of numbers, in vectors.</summary>
internal static class RowMath
{
    public static T Dot<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where T : struct, INumber<T>
    {
        var xs = MemoryMarshal.Cast<T, Vector<T>>(x);
        var ys = MemoryMarshal.Cast<T, Vector<T>>(y[..x.Length]);
        Vector<T> first = default,
            second = default;
        int i = 0;
        for (; i + 1 < xs.Length; i += 2)
        {
            first += xs[i] * ys[i];
            second += xs[i + 1] * ys[i + 1];
        }
        if (i < xs.Length)
            first += xs[i] * ys[i];
        var sum = Vector.Sum(first + second);
        for (int rest = xs.Length * Vector<T>.Count; rest < x.Length; rest++)
            sum += x[rest] * y[rest];
        return sum;
    }

    /// <summary>row += a * x + b * y.</summary>
    public static void Add(Span<double> row, double a, ReadOnlySpan<double> x, double b, ReadOnlySpan<double> y)
    {
        var rows = MemoryMarshal.Cast<double, Vector<double>>(row);
        var xs = MemoryMarshal.Cast<double, Vector<double>>(x[..row.Length]);
        var ys = MemoryMarshal.Cast<double, Vector<double>>(y[..row.Length]);
        for (int i = 0; i < rows.Length; i++)
            rows[i] += a * xs[i] + b * ys[i];
        for (int i = rows.Length * Vector<double>.Count; i < row.Length; i++)
            row[i] += a * x[i] + b * y[i];
    }

    /// <summary>The products of every row of <paramref name="a"/> with every row of <paramref name="b"/>.</summary>
    public static double[][] Products(double[][] a, double[][] b)
    {
        const int Block = 8;
        var result = new double[a.Length][];
        Parallel.For(
            0,
            (a.Length + Block - 1) / Block,
            block =>
            {
                // A few rows at a time, so that the other matrix comes from memory fewer times.
                int from = block * Block,
                    to = Math.Min(a.Length, from + Block);
                for (int i = from; i < to; i++)
                    result[i] = new double[b.Length];
                for (int j = 0; j < b.Length; j++)
                for (int i = from; i < to; i++)
                    result[i][j] = Dot<double>(a[i], b[j]);
            }
        );
        return result;
    }
}

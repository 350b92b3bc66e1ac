namespace MlNetImageTranslation.Evaluation;

/// <summary>
/// Eigenvalues of symmetric matrices: Householder's reduction to three diagonals, then implicit QL steps (Golub and Van
/// Loan, sections 8.3.1 and 8.3.3).
/// </summary>
internal static class SymmetricEigenvalues
{
    /// <summary>All eigenvalues, in no order.</summary>
    /// <param name="matrix">Its rows; they are overwritten.</param>
    /// <exception cref="InvalidOperationException">The iteration does not end: the matrix holds what is no finite
    /// number.</exception>
    public static double[] Compute(double[][] matrix)
    {
        var (diagonal, beside) = Tridiagonalize(matrix);
        Diagonalize(diagonal, beside);
        return diagonal;
    }

    private static (double[] Diagonal, double[] Beside) Tridiagonalize(double[][] a)
    {
        int n = a.Length;
        double[] diagonal = new double[n],
            beside = new double[n];
        for (int k = 0; k < n; k++)
        {
            diagonal[k] = a[k][k];
            if (k + 1 >= n)
                break;
            var v = a[k][(k + 1)..];
            double norm = Math.Sqrt(RowMath.Dot<double>(v, v));
            double alpha = v[0] > 0 ? -norm : norm;
            beside[k] = k + 2 >= n ? v[0] : alpha;
            if (k + 2 >= n || norm == 0)
                continue;
            // The reflection I - beta v v' takes the rest of the row to (alpha, 0, ..., 0).
            v[0] -= alpha;
            double beta = 2 / RowMath.Dot<double>(v, v);
            int first = k + 1;
            var w = new double[v.Length];
            Rows(v.Length, i => w[i] = beta * RowMath.Dot<double>(v, a[first + i].AsSpan(first)));
            double half = beta / 2 * RowMath.Dot<double>(v, w);
            for (int i = 0; i < w.Length; i++)
                w[i] -= half * v[i];
            Rows(v.Length, i => RowMath.Add(a[first + i].AsSpan(first), -v[i], w, -w[i], v));
        }
        return (diagonal, beside);
    }

    private static void Rows(int count, Action<int> each)
    {
        if (count < 256)
            for (int i = 0; i < count; i++)
                each(i);
        else
            Parallel.For(0, count, each);
    }

    private static void Diagonalize(double[] d, double[] e)
    {
        int n = d.Length;
        double size = 0;
        for (int i = 0; i < n; i++)
            size = Math.Max(size, Math.Abs(d[i]) + Math.Abs(e[i]));
        double negligible = size * 1e-16;
        for (int l = 0; l < n; l++)
        {
            for (int iteration = 0; ; iteration++)
            {
                int m = l;
                while (
                    m < n - 1 && Math.Abs(e[m]) > Math.Max(negligible, 2.2e-16 * (Math.Abs(d[m]) + Math.Abs(d[m + 1])))
                )
                    m++;
                if (m == l)
                    break;
                if (iteration == 100 || double.IsNaN(d[l]))
                    throw new InvalidOperationException(
                        "The eigenvalues of a matrix cannot be found: it holds numbers that are not finite."
                    );
                Step(d, e, l, m);
            }
        }
    }

    // One QL step with Wilkinson's shift on rows l to m.
    private static void Step(double[] d, double[] e, int l, int m)
    {
        double g = (d[l + 1] - d[l]) / (2 * e[l]),
            r = double.Hypot(g, 1);
        g = d[m] - d[l] + e[l] / (g + Math.CopySign(r, g));
        double s = 1,
            c = 1,
            p = 0;
        for (int i = m - 1; i >= l; i--)
        {
            double f = s * e[i],
                b = c * e[i];
            e[i + 1] = r = double.Hypot(f, g);
            if (r == 0)
            {
                d[i + 1] -= p;
                e[m] = 0;
                return;
            }
            (s, c) = (f / r, g / r);
            g = d[i + 1] - p;
            r = (d[i] - g) * s + 2 * c * b;
            p = s * r;
            d[i + 1] = g + p;
            g = c * r - b;
        }
        d[l] -= p;
        e[l] = g;
        e[m] = 0;
    }
}

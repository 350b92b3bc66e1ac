namespace MlNetImageTranslation.Evaluation;

/// <summary>
/// The Fréchet distance between two normal distributions, |m1 - m2|^2 + tr(C1 + C2 - 2 (C1 C2)^(1/2)) (Dowson and
/// Landau 1982); on Inception features it is the FID of Heusel et al. 2017.
/// </summary>
internal static class FrechetDistance
{
    /// <summary>The distance between the normal distributions fitted to two sets of features.</summary>
    /// <returns>0 or more.</returns>
    /// <exception cref="ArgumentException">The vectors have different lengths.</exception>
    /// <exception cref="InvalidOperationException">A set has fewer than two vectors.</exception>
    public static double Compute(FeatureSet a, FeatureSet b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (a.Dimension != b.Dimension)
            throw new ArgumentException(
                $"Feature vectors of one length are compared; got {a.Dimension} and {b.Dimension}.",
                nameof(b)
            );
        if (Math.Min(a.Count, b.Count) >= a.Dimension)
            return Compute(a.Mean(), a.Covariance(), b.Mean(), b.Covariance());
        return a.Count <= b.Count ? OfFewImages(a, b) : OfFewImages(b, a);
    }

    /// <summary>The distance between two normal distributions given by mean and covariance.</summary>
    /// <exception cref="ArgumentException">The sizes do not fit together.</exception>
    public static double Compute(double[] meanA, double[,] covarianceA, double[] meanB, double[,] covarianceB)
    {
        ArgumentNullException.ThrowIfNull(meanA);
        ArgumentNullException.ThrowIfNull(covarianceA);
        ArgumentNullException.ThrowIfNull(meanB);
        ArgumentNullException.ThrowIfNull(covarianceB);
        int n = meanA.Length;
        if (
            meanB.Length != n
            || new[] { covarianceA, covarianceB }.Any(c => c.GetLength(0) != n || c.GetLength(1) != n)
        )
            throw new ArgumentException(
                $"Distributions of one dimension are compared; got means of {n} and {meanB.Length}, covariances of "
                    + $"{covarianceA.GetLength(0)}x{covarianceA.GetLength(1)} and "
                    + $"{covarianceB.GetLength(0)}x{covarianceB.GetLength(1)}.",
                nameof(meanB)
            );
        // With C1 = L L', the product C1 C2 has the eigenvalues of the symmetric L' C2 L: no complex numbers, no root
        // of a matrix that is not symmetric.
        double[][] factor = Factor(Rows(covarianceA)),
            other = Rows(covarianceB);
        return Distance(
            meanA,
            meanB,
            Trace(covarianceA) + Trace(covarianceB),
            RowMath.Products(RowMath.Products(factor, other), factor)
        );
    }

    // With centred vectors as rows of S and L (divided by the root of their number less one), C1 C2 has the eigenvalues
    // of (S L')(S L')', which has as many rows as there are images in the smaller set, not as many as there are
    // features.
    private static double OfFewImages(FeatureSet few, FeatureSet many)
    {
        double[] mean = few.Mean(),
            otherMean = many.Mean();
        var small = few.Centred(mean);
        double traces = small.Sum(row => RowMath.Dot<double>(row, row));
        if (many.Count <= many.Dimension)
        {
            var large = many.Centred(otherMean);
            var both = RowMath.Products(small, large);
            return Distance(
                mean,
                otherMean,
                traces + large.Sum(row => RowMath.Dot<double>(row, row)),
                RowMath.Products(both, both)
            );
        }
        var covariance = many.Covariance();
        return Distance(
            mean,
            otherMean,
            traces + Trace(covariance),
            RowMath.Products(RowMath.Products(small, Rows(covariance)), small)
        );
    }

    private static double Distance(double[] meanA, double[] meanB, double traces, double[][] product)
    {
        double distance = traces;
        for (int i = 0; i < meanA.Length; i++)
            distance += (meanA[i] - meanB[i]) * (meanA[i] - meanB[i]);
        // Rounding leaves the product slightly unsymmetric and its zero eigenvalues slightly negative.
        for (int i = 0; i < product.Length; i++)
        for (int j = 0; j < i; j++)
            product[i][j] = product[j][i] = (product[i][j] + product[j][i]) / 2;
        double roots = SymmetricEigenvalues.Compute(product).Sum(value => Math.Sqrt(Math.Max(0, value)));
        return Math.Max(0, distance - 2 * roots);
    }

    // Rows of L' with C = L L' (Cholesky); directions in which nothing varies become rows of zeros.
    private static double[][] Factor(double[][] c)
    {
        int n = c.Length;
        double largest = c.Select((row, i) => row[i]).DefaultIfEmpty(0).Max(),
            nothing = n * 1e-15 * largest;
        var lower = new double[n][];
        for (int i = 0; i < n; i++)
            lower[i] = new double[n];
        for (int j = 0; j < n; j++)
        {
            double pivot = c[j][j] - RowMath.Dot<double>(lower[j].AsSpan(0, j), lower[j].AsSpan(0, j));
            if (pivot <= nothing)
                continue;
            double root = lower[j][j] = Math.Sqrt(pivot);
            int column = j;
            Parallel.For(
                j + 1,
                n,
                i =>
                    lower[i][column] =
                        (
                            c[i][column]
                            - RowMath.Dot<double>(lower[i].AsSpan(0, column), lower[column].AsSpan(0, column))
                        ) / root
            );
        }
        return [.. Enumerable.Range(0, n).Select(row => Enumerable.Range(0, n).Select(i => lower[i][row]).ToArray())];
    }

    private static double[][] Rows(double[,] matrix) =>
        [
            .. Enumerable
                .Range(0, matrix.GetLength(0))
                .Select(i => Enumerable.Range(0, matrix.GetLength(1)).Select(j => matrix[i, j]).ToArray()),
        ];

    private static double Trace(double[,] matrix) => Enumerable.Range(0, matrix.GetLength(0)).Sum(i => matrix[i, i]);
}

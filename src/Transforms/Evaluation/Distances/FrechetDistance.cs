using MathNet.Numerics.LinearAlgebra;

namespace MlNetImageTranslation.Transforms;

/// <summary>
/// The Fréchet distance between two normal distributions, |m1 - m2|^2 + tr(C1 + C2 - 2 (C1 C2)^(1/2)) (Dowson and Landau 1982);
/// on Inception features it is the FID of Heusel et al. 2017.
/// </summary>
public static class FrechetDistance
{
    /// <summary>The distance between the normal distributions fitted to two sets of features.</summary>
    /// <returns>0 or more.</returns>
    /// <exception cref="ArgumentException">The vectors have different lengths.</exception>
    /// <exception cref="InvalidOperationException">A set has fewer than two vectors.</exception>
    public static double Compute(FeatureSet a, FeatureSet b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (a.Dimension != b.Dimension) throw new ArgumentException($"Feature vectors of one length are compared; got {a.Dimension} and {b.Dimension}.", nameof(b));
        if (Math.Min(a.Count, b.Count) >= a.Dimension) return Compute(a.Mean(), a.Covariance(), b.Mean(), b.Covariance());
        return a.Count <= b.Count ? OfFewPictures(a, b) : OfFewPictures(b, a);
    }

    // With centred vectors as rows of S and L (divided by the root of their number less one), C1 C2 has the eigenvalues of (S L')(S L')',
    // which has as many rows as there are pictures in the smaller set, not as many as there are features.
    private static double OfFewPictures(FeatureSet few, FeatureSet many)
    {
        double[] mean = few.Mean(), otherMean = many.Mean();
        var small = Matrix<double>.Build.DenseOfRowArrays(few.Centred(mean));
        double distance = mean.Zip(otherMean, (x, y) => (x - y) * (x - y)).Sum() + small.Enumerate().Sum(value => value * value);
        Matrix<double> product;
        if (many.Count <= many.Dimension)
        {
            var large = Matrix<double>.Build.DenseOfRowArrays(many.Centred(otherMean));
            distance += large.Enumerate().Sum(value => value * value);
            var both = small.TransposeAndMultiply(large);
            product = both.TransposeAndMultiply(both);
        }
        else
        {
            var covariance = Matrix<double>.Build.DenseOfArray(many.Covariance());
            distance += covariance.Trace();
            product = (small * covariance).TransposeAndMultiply(small);
        }
        return Math.Max(0, distance - 2 * SumOfRoots(product));
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
        if (meanB.Length != n || new[] { covarianceA, covarianceB }.Any(c => c.GetLength(0) != n || c.GetLength(1) != n))
            throw new ArgumentException($"Distributions of one dimension are compared; got means of {n} and {meanB.Length}, covariances of {covarianceA.GetLength(0)}x{covarianceA.GetLength(1)} and {covarianceB.GetLength(0)}x{covarianceB.GetLength(1)}.", nameof(meanB));
        double distance = 0;
        for (int i = 0; i < n; i++)
        {
            double difference = meanA[i] - meanB[i];
            distance += difference * difference + covarianceA[i, i] + covarianceB[i, i];
        }
        return Math.Max(0, distance - 2 * TraceOfRoot(covarianceA, covarianceB));
    }

    // C1 C2 has the eigenvalues of the symmetric R C2 R, R = C1^(1/2): no complex numbers, no root of a matrix that is not symmetric.
    private static double TraceOfRoot(double[,] a, double[,] b)
    {
        var first = Matrix<double>.Build.DenseOfArray(a).Evd(Symmetricity.Symmetric);
        var vectors = first.EigenVectors;
        var roots = first.EigenValues.Map(value => Math.Sqrt(Math.Max(0, value.Real)), Zeros.Include);
        var root = vectors.MapIndexed((_, column, value) => value * roots[column], Zeros.Include).TransposeAndMultiply(vectors);
        var product = root * Matrix<double>.Build.DenseOfArray(b) * root;
        return SumOfRoots(product);
    }

    // Rounding leaves the product slightly unsymmetric and its zero eigenvalues slightly negative.
    private static double SumOfRoots(Matrix<double> product) =>
        ((product + product.Transpose()) / 2).Evd(Symmetricity.Symmetric).EigenValues.Sum(value => Math.Sqrt(Math.Max(0, value.Real)));
}

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
        return Compute(a.Mean(), a.Covariance(), b.Mean(), b.Covariance());
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
        var symmetric = (product + product.Transpose()) / 2;
        return symmetric.Evd(Symmetricity.Symmetric).EigenValues.Sum(value => Math.Sqrt(Math.Max(0, value.Real)));
    }
}

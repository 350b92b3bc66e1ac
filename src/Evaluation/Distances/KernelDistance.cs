namespace MlNetImageTranslation.Evaluation;

/// <summary>
/// The kernel distance (KID) of Binkowski et al. 2018: the unbiased squared maximum mean discrepancy with the kernel
/// (x.y / d + 1)^3, averaged over random subsets. Unlike the Fréchet distance its expectation does not depend on the
/// number of images.
/// </summary>
/// <param name="Mean">The mean over the subsets; around 0 for equal distributions, it may be slightly negative.</param>
/// <param name="StandardDeviation">Over the subsets (population); 0 for one subset.</param>
/// <param name="Subsets">How many subsets.</param>
/// <param name="SubsetSize">Images of each kind in a subset.</param>
internal readonly record struct KernelDistance(double Mean, double StandardDeviation, int Subsets, int SubsetSize)
{
    /// <summary>Measures two sets of features.</summary>
    /// <param name="a">At least two vectors.</param>
    /// <param name="b">At least two vectors of the same length.</param>
    /// <param name="subsets">Random subsets to average over; one is enough where <paramref name="subsetSize"/> takes
    /// all.</param>
    /// <param name="subsetSize">Vectors of each set in a subset; no more than the smaller set has are taken.</param>
    /// <param name="seed">Chooses the subsets.</param>
    /// <exception cref="ArgumentException">The vectors differ in length, or a set has fewer than two.</exception>
    public static KernelDistance Compute(
        FeatureSet a,
        FeatureSet b,
        int subsets = 100,
        int subsetSize = 1000,
        int seed = 0
    )
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        ArgumentOutOfRangeException.ThrowIfLessThan(subsets, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(subsetSize, 2);
        if (a.Count < 2 || b.Count < 2 || a.Dimension != b.Dimension)
            throw new ArgumentException(
                $"Expected two sets of at least 2 feature vectors of one length; got {a.Count} of {a.Dimension} and "
                    + $"{b.Count} of {b.Dimension}.",
                nameof(b)
            );
        int size = Math.Min(subsetSize, Math.Min(a.Count, b.Count));
        // Where a subset takes everything there is only one.
        if (size == a.Count && size == b.Count)
            subsets = 1;
        var random = new Random(seed);
        var choices = Enumerable
            .Range(0, subsets)
            .Select(_ => (A: Choose(a.Count, size, random), B: Choose(b.Count, size, random)))
            .ToArray();
        var values = new double[subsets];
        Parallel.For(0, subsets, i => values[i] = SquaredDiscrepancy(a, b, choices[i].A, choices[i].B));
        double mean = values.Average();
        return new(mean, Math.Sqrt(values.Average(value => (value - mean) * (value - mean))), subsets, size);
    }

    private static int[] Choose(int count, int size, Random random)
    {
        var indices = Enumerable.Range(0, count).ToArray();
        if (size == count)
            return indices;
        for (int i = 0; i < size; i++)
        {
            int other = random.Next(i, count);
            (indices[i], indices[other]) = (indices[other], indices[i]);
        }
        return indices[..size];
    }

    private static double SquaredDiscrepancy(FeatureSet a, FeatureSet b, int[] chosenA, int[] chosenB)
    {
        double withinA = 0,
            withinB = 0,
            between = 0;
        int n = chosenA.Length;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                between += Kernel(a[chosenA[i]], b[chosenB[j]]);
                if (j <= i)
                    continue;
                withinA += Kernel(a[chosenA[i]], a[chosenA[j]]);
                withinB += Kernel(b[chosenB[i]], b[chosenB[j]]);
            }
        }
        double pairs = (double)n * (n - 1);
        return 2 * (withinA + withinB) / pairs - 2 * between / ((double)n * n);
    }

    private static double Kernel(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        double value = (double)RowMath.Dot(x, y) / x.Length + 1;
        return value * value * value;
    }
}

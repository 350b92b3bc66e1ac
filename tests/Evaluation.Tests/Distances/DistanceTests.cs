using System.Globalization;
using System.Text.Json;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Evaluation.Tests;

/// <summary>Against NumPy and SciPy.</summary>
public sealed class DistanceTests
{
    private static FeatureSet Random(int count, int dimension, int seed, float shift)
    {
        var random = new Random(seed);
        var set = new FeatureSet();
        var vector = new float[dimension];
        for (int i = 0; i < count; i++)
        {
            for (int d = 0; d < dimension; d++)
                vector[d] = (float)(random.NextDouble() * (1 + d % 3) + shift + (d > 0 ? 0.4 * vector[d - 1] : 0));
            set.Add(vector);
        }
        return set;
    }

    private static string Write(TemporaryFolder folder, string name, FeatureSet set)
    {
        File.WriteAllText(
            folder.File(name),
            JsonSerializer.Serialize(Enumerable.Range(0, set.Count).Select(i => set[i].ToArray()))
        );
        return folder.File(name);
    }

    private static double[] Ask(string script, FeatureSet a, FeatureSet b, params string[] modules)
    {
        var why = PythonOracle.WhyMissing(modules);
        Assert.SkipWhen(why is not null, why ?? "");
        using var folder = new TemporaryFolder();
        const string Head =
            "import sys, json, numpy as np\na, b = (np.array(json.load(open(p)), np.float32).astype(np.float64) for p in sys.argv[1:3])\n";
        return
        [
            .. PythonOracle
                .Run(Head + script, Write(folder, "a.json", a), Write(folder, "b.json", b))
                .Split(' ', '\n')
                .Where(text => text.Trim().Length > 0)
                .Select(text => double.Parse(text, CultureInfo.InvariantCulture)),
        ];
    }

    [Theory]
    [InlineData(60, 80, 5)]
    [InlineData(200, 150, 40)]
    public void Frechet_distance_equals_scipys(int countA, int countB, int dimension)
    {
        FeatureSet a = Random(countA, dimension, 1, 0),
            b = Random(countB, dimension, 2, 0.3f);
        var expected = Ask(
            """
            from scipy import linalg
            ca, cb = np.cov(a, rowvar=False), np.cov(b, rowvar=False)
            d = a.mean(0) - b.mean(0)
            print(d @ d + np.trace(ca) + np.trace(cb) - 2 * np.trace(linalg.sqrtm(ca @ cb)).real)
            """,
            a,
            b,
            "numpy",
            "scipy"
        )[0];
        Assert.Equal(expected, FrechetDistance.Compute(a, b), Math.Max(1, expected) * 1e-8);
    }

    [Theory]
    [InlineData(12, 9, 30)]
    [InlineData(9, 12, 30)]
    [InlineData(10, 90, 30)]
    [InlineData(90, 10, 30)]
    public void With_fewer_images_than_features_it_is_the_same_distance(int countA, int countB, int dimension)
    {
        FeatureSet a = Random(countA, dimension, 1, 0),
            b = Random(countB, dimension, 2, 0.3f);
        // Products of singular matrices upset sqrtm; the trace of the root is the sum of these singular values.
        var expected = Ask(
            """
            d = a.mean(0) - b.mean(0)
            A, B = ((x - x.mean(0)) / np.sqrt(len(x) - 1) for x in (a, b))
            print(d @ d + (A * A).sum() + (B * B).sum() - 2 * np.linalg.svd(A @ B.T, compute_uv=False).sum())
            """,
            a,
            b,
            "numpy"
        )[0];
        Assert.Equal(expected, FrechetDistance.Compute(a, b), Math.Max(1, expected) * 1e-6);
        Assert.Equal(
            expected,
            FrechetDistance.Compute(a.Mean(), a.Covariance(), b.Mean(), b.Covariance()),
            Math.Max(1, expected) * 1e-5
        );
    }

    [Fact]
    public void Equal_distributions_are_at_distance_zero_and_a_shift_counts_squared()
    {
        var a = Random(50, 6, 3, 0);
        Assert.Equal(0, FrechetDistance.Compute(a, a), 1e-9);
        var moved = new FeatureSet();
        for (int i = 0; i < a.Count; i++)
            moved.Add(a[i].ToArray().Select(v => v + 2).ToArray());
        Assert.Equal(6 * 4, FrechetDistance.Compute(a, moved), 1e-4);
    }

    [Fact]
    public void Large_covariances_and_directions_in_which_nothing_varies()
    {
        // Twice the same features: half of the directions of the covariance are empty.
        FeatureSet Doubled(int seed)
        {
            var single = Random(400, 150, seed, 0);
            var set = new FeatureSet();
            for (int i = 0; i < single.Count; i++)
                set.Add([.. single[i], .. single[i]]);
            return set;
        }
        FeatureSet a = Doubled(11),
            b = Doubled(12);
        FeatureSet halfA = Random(400, 150, 11, 0),
            halfB = Random(400, 150, 12, 0);
        Assert.Equal(2 * FrechetDistance.Compute(halfA, halfB), FrechetDistance.Compute(a, b), 1e-5);
    }

    [Fact]
    public void Covariance_equals_numpys()
    {
        var a = Random(70, 9, 4, 1);
        var expected = Ask("print(*np.cov(a, rowvar=False).ravel())", a, a, "numpy");
        var actual = a.Covariance();
        for (int i = 0; i < 81; i++)
            Assert.Equal(expected[i], actual[i / 9, i % 9], 1e-10);
    }

    [Fact]
    public void Kernel_distance_of_all_images_equals_numpys()
    {
        FeatureSet a = Random(40, 12, 5, 0),
            b = Random(40, 12, 6, 0.1f);
        var expected = Ask(
            """
            k = lambda x, y: (x @ y.T / x.shape[1] + 1) ** 3
            n = len(a)
            off = lambda m: (m.sum() - np.trace(m)) / (n * (n - 1))
            print(off(k(a, a)) + off(k(b, b)) - 2 * k(a, b).mean())
            """,
            a,
            b,
            "numpy"
        )[0];
        var actual = KernelDistance.Compute(a, b);
        Assert.Equal(expected, actual.Mean, 1e-5);
        Assert.Equal((1, 40, 0.0), (actual.Subsets, actual.SubsetSize, actual.StandardDeviation));
    }

    [Fact]
    public void Kernel_subsets_are_chosen_by_the_seed()
    {
        FeatureSet a = Random(40, 4, 7, 0),
            b = Random(50, 4, 8, 0);
        var first = KernelDistance.Compute(a, b, subsets: 10, subsetSize: 20, seed: 1);
        Assert.Equal(first, KernelDistance.Compute(a, b, subsets: 10, subsetSize: 20, seed: 1));
        Assert.NotEqual(first, KernelDistance.Compute(a, b, subsets: 10, subsetSize: 20, seed: 2));
        Assert.True(first.StandardDeviation > 0);
    }

    [Fact]
    public void What_is_no_set_of_vectors_is_refused()
    {
        var set = new FeatureSet();
        Assert.Throws<ArgumentException>(() => set.Add([]));
        Assert.Throws<ArgumentException>(() => set.Add([1, float.NaN]));
        set.Add([1, 2]);
        Assert.Throws<ArgumentException>(() => set.Add([1]));
        Assert.Throws<InvalidOperationException>(() => set.Covariance());
        Assert.Throws<ArgumentException>(() => KernelDistance.Compute(set, set));
        Assert.Throws<ArgumentException>(() =>
            FrechetDistance.Compute([1], new double[1, 1], [1, 2], new double[2, 2])
        );
    }
}

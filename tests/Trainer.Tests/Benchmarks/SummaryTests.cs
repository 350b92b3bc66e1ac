using MlNetImageTranslation.Benchmarks.Methods;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Trainer.Tests;

/// <summary>The summary over seeds of benchmarks/methods, against SciPy.</summary>
public sealed class SummaryTests
{
    private const string Header =
        "seed,size,steps,filters,images,test_images,direction,method,pixel_accuracy,class_accuracy,class_iou,l1,ssim,"
        + "frechet_distance,seconds\n";

    private static readonly string[] s_methods = ["a", "b", "c", "d", "e", "f", "g"];

    private static void Write(string folder, int seed, int steps = 400, int methods = 7)
    {
        var random = new Random(seed);
        // Few different values, so that some are equal.
        double Score() => random.Next(8) / 8.0;
        string Line(string direction, string method, string seconds) =>
            FormattableString.Invariant(
                $"{seed},64,{steps},16,200,32,{direction},{method},{Score():0.0000},{Score():0.0000},"
            ) + FormattableString.Invariant($"{Score():0.0000},{Score():0.000},{Score():0.0000},,{seconds}\n");
        string[] directions = ["labels to photo", "photo to labels"];
        File.WriteAllText(
            Path.Combine(folder, $"scores-seed{seed}.csv"),
            Header
                + string.Concat(directions.Select(direction => Line(direction, "input as it is", "")))
                + string.Concat(
                    s_methods
                        .Take(methods)
                        .SelectMany(method => directions.Select(direction => Line(direction, method, "1.5")))
                )
                + Line("labels to photo", "real images", "")
        );
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Means_ranks_and_correlations_equal_scipys(int seeds)
    {
        var why = PythonOracle.WhyMissing("numpy", "scipy");
        Assert.SkipWhen(why is not null, why ?? "");
        using var folder = new TemporaryFolder();
        for (int seed = 1; seed <= seeds; seed++)
        {
            Write(folder.Path, seed);
        }

        var files = Summary.Write(folder.Path, []);

        string expected = PythonOracle.Run(
            """
            import sys, csv, itertools, numpy as np
            from scipy.stats import kendalltau, rankdata
            seeds = sys.argv[2:]
            rows = [list(csv.DictReader(open(f'{sys.argv[1]}/scores-seed{s}.csv'))) for s in seeds]
            print('direction,metric,method,mean,rank,best_place,worst_place,' + ','.join('rank_seed' + s for s in seeds) + ',kendall_tau,pairs_settled,pairs')
            for direction in ('labels to photo', 'photo to labels'):
                for metric in ('pixel_accuracy', 'class_accuracy', 'class_iou', 'l1', 'ssim'):
                    chosen = [[r for r in one if r['direction'] == direction] for one in rows]
                    trained = [i for i, r in enumerate(chosen[0]) if r['seconds']]
                    values = np.array([[float(r[metric]) for r in one] for one in chosen])
                    sign = 1 if metric == 'l1' else -1
                    best = lambda v: dict(zip(trained, rankdata(sign * v[trained], method='min')))
                    columns = [best(v) for v in [values.mean(0), *values]]
                    tau = np.mean([kendalltau(a[trained], b[trained]).statistic for a, b in itertools.combinations(values, 2)])
                    signs = [np.sign(v[trained][:, None] - v[trained]) for v in values]
                    settled = (np.all(signs, 0) & (np.std(signs, 0) == 0)).sum() // 2
                    pairs = len(trained) * (len(trained) - 1) // 2
                    ahead = np.all([sign * (v[trained][:, None] - v[trained]) < 0 for v in values], 0)
                    places = {i: (1 + ahead[:, n].sum(), len(trained) - ahead[n].sum()) for n, i in enumerate(trained)}
                    for i, r in enumerate(chosen[0]):
                        ranks = ['%d' % c[i] if i in c else '' for c in columns]
                        ranks[1:1] = ['%d' % place for place in places[i]] if i in places else ['', '']
                        print(','.join([direction, metric, r['method'], '%.5f' % values[:, i].mean(), *ranks, '%.4f' % tau, str(settled), str(pairs)]))
            """,
            [folder.Path, .. Enumerable.Range(1, seeds).Select(seed => $"{seed}")]
        );
        Assert.Equal(expected.ReplaceLineEndings("\n"), File.ReadAllText(files[0]));
    }

    [Fact]
    public void Table_has_means_ranks_and_agreement_of_the_chosen_seeds()
    {
        using var folder = new TemporaryFolder();
        for (int seed = 1; seed <= 3; seed++)
        {
            Write(folder.Path, seed, methods: seed == 3 ? 1 : 2);
        }

        string table = File.ReadAllText(Summary.Write(folder.Path, [1, 2])[1]);

        Assert.Contains("seeds 1, 2. ", table, StringComparison.Ordinal);
        Assert.Contains("steps 400", table, StringComparison.Ordinal);
        Assert.Matches(@"\| a \| 0\.\d{3}; \*\*(1|2|1–2)\*\* \([12], [12]\) \|", table);
        Assert.Matches(@"\| input as it is \| 0\.\d{3} \|", table);
        Assert.Contains("Kendall's tau", table, StringComparison.Ordinal);
        Assert.Matches(@"\*pairs in one order with every seed\* \| [01] of 1 \|", table);
        Assert.DoesNotContain("Fréchet", table, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(800, 7, "steps 800")]
    [InlineData(400, 6, "a, b, c, d, e, f, g")]
    public void Seeds_of_other_runs_are_refused(int steps, int methods, string named)
    {
        using var folder = new TemporaryFolder();
        Write(folder.Path, 1);
        Write(folder.Path, 2, steps, methods);

        string message = Assert.Throws<InvalidDataException>(() => Summary.Write(folder.Path, [])).Message;

        Assert.Contains("Seeds 1 and 2", message, StringComparison.Ordinal);
        Assert.Contains(named, message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => Summary.Write(folder.Path, [1, 3]));
        Assert.Throws<InvalidDataException>(() => Summary.Write(folder.Path, [1]));
        Assert.False(File.Exists(folder.File("summary.csv")));
    }
}

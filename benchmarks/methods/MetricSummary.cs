namespace MlNetImageTranslation.Benchmarks.Methods;

/// <summary>All methods in one direction by one metric, with several seeds.</summary>
/// <param name="Direction">The direction, as the files name it.</param>
/// <param name="Metric">The metric.</param>
/// <param name="Cells">A cell for each method.</param>
/// <param name="Tau">Kendall's tau of the trained methods' scores, its mean over all pairs of seeds.</param>
/// <param name="Pairs">Pairs of trained methods: those that have one order with every seed, and all.</param>
internal sealed record MetricSummary(
    string Direction,
    Metric Metric,
    IReadOnlyList<MetricSummary.Cell> Cells,
    double Tau,
    (int Settled, int All) Pairs
)
{
    /// <summary>Puts the seeds together; null where a score is missing.</summary>
    public static MetricSummary? Of(IReadOnlyList<ScoreFile> files, string direction, Metric metric)
    {
        var rows = files[0].Rows.Index().Where(row => row.Item.Direction == direction).ToArray();
        double?[][] found =
        [
            .. files.Select(file => rows.Select(row => file.Score(row.Index, metric.Column)).ToArray()),
        ];
        if (found.Any(seed => seed.Contains(null)))
        {
            return null;
        }

        double[][] scores = [.. found.Select(seed => seed.Select(score => score!.Value).ToArray())];
        double[] means = [.. rows.Select((_, row) => scores.Average(seed => seed[row]))];
        int[] trained = [.. Enumerable.Range(0, rows.Length).Where(row => rows[row].Item.Trained)];
        double[][] compared = [.. scores.Select(seed => trained.Select(row => seed[row]).ToArray())];
        int[][] ranks = [.. compared.Select(seed => Ranking.Ranks(seed, metric.MoreIsBetter))];
        var places = Ranking.Places(compared, metric.MoreIsBetter);
        int[] ranksOfMeans = Ranking.Ranks([.. trained.Select(row => means[row])], metric.MoreIsBetter);
        return new(
            direction,
            metric,
            [.. rows.Select((row, i) => CellOf(row.Item.Method, i))],
            Ranking.MeanKendallTau(compared),
            Ranking.Pairs(compared)
        );

        Cell CellOf(string method, int row)
        {
            int index = Array.IndexOf(trained, row);
            return index < 0
                ? new(method, means[row], null, null, [])
                : new(method, means[row], ranksOfMeans[index], places[index], [.. ranks.Select(seed => seed[index])]);
        }
    }

    /// <summary>A method.</summary>
    /// <param name="Method">Its name.</param>
    /// <param name="Mean">The mean of its scores.</param>
    /// <param name="Rank">Its rank by the mean; null where nothing was trained, as for the rest.</param>
    /// <param name="Places">The places that the seeds leave to it together: see <see cref="Ranking.Places"/>.</param>
    /// <param name="RankOfSeed">Its rank with each seed.</param>
    internal sealed record Cell(
        string Method,
        double Mean,
        int? Rank,
        (int Best, int Worst)? Places,
        IReadOnlyList<int> RankOfSeed
    )
    {
        /// <summary>Such as "2" or "2–3".</summary>
        public string PlacesText =>
            Places is not var (best, worst) ? ""
            : best == worst ? $"{best}"
            : $"{best}–{worst}";
    }
}

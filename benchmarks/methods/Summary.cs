using System.Globalization;
using System.Text;

namespace MlNetImageTranslation.Benchmarks.Methods;

/// <summary>
/// The scores of several seeds together: means, the places and the rank of each method with each seed, and how much the
/// orders of the seeds agree.
/// </summary>
internal static class Summary
{
    /// <summary>Writes <c>summary.csv</c> and <c>summary.md</c>.</summary>
    /// <param name="folder">The folder of the seeds' files, and of these.</param>
    /// <param name="seeds">Which seeds; none: all that are there.</param>
    /// <returns>The files.</returns>
    /// <exception cref="InvalidDataException">The seeds' files are missing, not sound, or do not fit together.</exception>
    public static IReadOnlyList<string> Write(string folder, IReadOnlyList<int> seeds)
    {
        var files = ScoreFile.ReadAll(folder, seeds);
        MetricSummary[] columns =
        [
            .. files[0]
                .Rows.Select(row => row.Direction)
                .Distinct()
                .SelectMany(direction => Metric.All.Select(metric => MetricSummary.Of(files, direction, metric)))
                .OfType<MetricSummary>(),
        ];
        string csv = Path.Combine(folder, "summary.csv");
        string markdown = Path.Combine(folder, "summary.md");
        AtomicFile.WriteText(csv, Csv(files, columns));
        AtomicFile.WriteText(markdown, Markdown(files, columns));
        return [csv, markdown];
    }

    private static string Csv(IReadOnlyList<ScoreFile> files, IReadOnlyList<MetricSummary> columns)
    {
        var text = new StringBuilder("direction,metric,method,mean,rank,best_place,worst_place,");
        text.AppendJoin(',', files.Select(file => $"rank_seed{file.Seed}"))
            .Append(",kendall_tau,pairs_settled,pairs\n");
        foreach (var column in columns)
        foreach (var cell in column.Cells)
        {
            text.Append(CultureInfo.InvariantCulture, $"{column.Direction},{column.Metric.Column},");
            text.Append(CultureInfo.InvariantCulture, $"{cell.Method},{cell.Mean:0.00000},{cell.Rank},");
            text.Append(CultureInfo.InvariantCulture, $"{cell.Places?.Best},{cell.Places?.Worst},");
            text.AppendJoin(',', files.Select((_, i) => cell.Rank is null ? "" : $"{cell.RankOfSeed[i]}"));
            text.Append(CultureInfo.InvariantCulture, $",{Tau(column, "0.0000", "")}");
            text.Append(CultureInfo.InvariantCulture, $",{column.Pairs.Settled},{column.Pairs.All}\n");
        }

        return text.ToString();
    }

    private static string Markdown(IReadOnlyList<ScoreFile> files, IReadOnlyList<MetricSummary> columns)
    {
        var text = new StringBuilder("# Scores of several seeds\n\n");
        text.Append(
            CultureInfo.InvariantCulture,
            $"Means over seeds {string.Join(", ", files.Select(file => file.Seed))}"
        );
        text.Append(". In bold: the places that all of them leave to a method. In brackets: its rank with each.\n");
        text.Append(CultureInfo.InvariantCulture, $"Settings: {files[0].Settings}.\n");
        foreach (var direction in columns.GroupBy(column => column.Direction))
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"\n## {char.ToUpperInvariant(direction.Key[0])}{direction.Key[1..]}\n\n|"
            );
            text.AppendJoin("", direction.Select(column => $" | {column.Metric.Title}")).Append(" |\n|---");
            text.AppendJoin("", direction.Select(_ => "|---")).Append("|\n");
            foreach (var (row, first) in direction.First().Cells.Index())
            {
                text.Append(CultureInfo.InvariantCulture, $"| {first.Method} |");
                foreach (var column in direction)
                {
                    var cell = column.Cells[row];
                    text.Append(' ').Append(cell.Mean.ToString(column.Metric.Format, CultureInfo.InvariantCulture));
                    text.Append(
                        cell.Rank is null ? " |" : $"; **{cell.PlacesText}** ({string.Join(", ", cell.RankOfSeed)}) |"
                    );
                }

                text.Append('\n');
            }

            text.Append("| *Kendall's tau between seeds* |");
            text.AppendJoin("", direction.Select(column => $" {Tau(column, "0.00", "–")} |")).Append('\n');
            text.Append("| *pairs in one order with every seed* |");
            text.AppendJoin("", direction.Select(column => $" {column.Pairs.Settled} of {column.Pairs.All} |"))
                .Append('\n');
        }

        return text.ToString();
    }

    private static string Tau(MetricSummary column, string format, string otherwise) =>
        double.IsNaN(column.Tau) ? otherwise : column.Tau.ToString(format, CultureInfo.InvariantCulture);
}

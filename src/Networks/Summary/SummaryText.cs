using System.Globalization;
using System.Text;

namespace MlNetImageTranslation.Networks;

/// <summary>A summary as text: the table of layers, the totals, the receptive field.</summary>
internal static class SummaryText
{
    public static string Write(NetworkSummary summary)
    {
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"{summary.Graph.Name}: {summary.Input} -> {summary.Rows[^1].Output}\n\n"
        );
        AppendTable(
            text,
            ["Layer (type)", "Output shape", "Parameters", "Connected to"],
            [false, false, true, false],
            summary.Rows.Select(row =>
                new[]
                {
                    $"{row.Name} ({row.Type})",
                    row.Output.ToString(),
                    NetworkSummary.Number(row.Parameters.All),
                    string.Join(", ", row.Inputs),
                }
            )
        );
        AppendTotals(text, summary);
        text.Append(
            "\nReceptive field, layer by layer (window: what one output value sees of the layer's input; field: "
                + "what one value of the layer sees of the image)\n\n"
        );
        AppendTable(
            text,
            ["Layer", "Type", "Window", "Field"],
            [false, false, true, true],
            summary.ReceptiveFieldSteps.Select(step =>
                new[]
                {
                    step.Layer.Name,
                    LayerDescription.Of(step.Layer),
                    NetworkSummary.Number(step.Window),
                    NetworkSummary.Number(step.Field),
                }
            )
        );
        text.Append(
            CultureInfo.InvariantCulture,
            $"\nReceptive field: {summary.ReceptiveField}x{summary.ReceptiveField} pixels{Remark(summary)}\n"
        );
        return text.ToString();
    }

    private static void AppendTotals(StringBuilder text, NetworkSummary summary)
    {
        var (parameters, work) = (summary.Parameters, summary.MultiplyAdds);
        var lines = new List<(string Name, string Value)>
        {
            ("Trainable parameters", NetworkSummary.Number(parameters.Trainable)),
            ("Running statistics", NetworkSummary.Number(parameters.Statistics)),
            ("All parameters", NetworkSummary.Number(parameters.All)),
            ("Multiply-adds", Billions(work.True)),
            (
                "  at output sizes",
                Billions(work.OutputSizeConvention)
                    + "  (the convention of many papers: transposed convolutions counted at their outputs)"
            ),
        };
        if (parameters.Frozen > 0)
        {
            lines.Insert(1, ("Frozen parameters", NetworkSummary.Number(parameters.Frozen)));
            lines.Insert(3, ("Not trainable", NetworkSummary.Number(parameters.NotTrainable)));
        }
        lines.Add(
            (
                "Size multiple",
                summary.Graph.HasFixedSize
                    ? $"only {summary.Graph.Input.Width}x{summary.Graph.Input.Height} images"
                    : summary.Graph.SizeMultiple.ToString(CultureInfo.InvariantCulture)
            )
        );
        text.Append('\n');
        foreach (var (name, value) in lines)
            text.Append(name.PadRight(22)).Append(value).Append('\n');
    }

    private static string Remark(NetworkSummary summary) =>
        summary.ReceptiveField > Math.Min(summary.Input.Height, summary.Input.Width) ? ", more than the image" : "";

    private static string Billions(long count) => string.Create(CultureInfo.InvariantCulture, $"{count / 1e9:0.00} G");

    private static void AppendTable(StringBuilder text, string[] titles, bool[] right, IEnumerable<string[]> rows)
    {
        var all = rows.ToList();
        var widths = titles
            .Select((title, column) => all.Select(row => row[column].Length).Append(title.Length).Max())
            .ToArray();
        AppendLine(titles);
        text.Append(string.Join("  ", widths.Select(width => new string('-', width)))).Append('\n');
        foreach (var row in all)
            AppendLine(row);

        void AppendLine(string[] cells)
        {
            var line = string.Join(
                "  ",
                cells.Select(
                    (cell, column) => right[column] ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column])
                )
            );
            text.Append(line.TrimEnd()).Append('\n');
        }
    }
}

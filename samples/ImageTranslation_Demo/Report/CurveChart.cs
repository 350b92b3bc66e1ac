using System.Globalization;
using System.Text;

namespace ImageTranslation_Demo.Report;

/// <summary>
/// Draws curves over training steps as an SVG element: the raw values pale, their moving average strong.
/// </summary>
internal static class CurveChart
{
    private const int Width = 560,
        Height = 240,
        Left = 44,
        Bottom = 28,
        Top = 10,
        Right = 10;

    public static string Draw(
        IReadOnlyList<double> steps,
        params (string Name, string Colour, double[] Values)[] curves
    )
    {
        var highest = curves.SelectMany(curve => Smooth(curve.Values)).DefaultIfEmpty(1).Max() * 1.25;
        var last = steps.Count == 0 ? 1 : Math.Max(1, steps[^1]);
        var svg = new StringBuilder($"""<svg viewBox="0 0 {Width} {Height}" role="img">""");
        for (var tick = 0; tick <= 4; tick++)
        {
            var y = Y(highest * tick / 4, highest);
            svg.Append(
                CultureInfo.InvariantCulture,
                $"""<line x1="{Left}" x2="{Width - Right}" y1="{y:0.#}" y2="{y:0.#}" class="rule"/><text x="{Left - 6}" y="{y + 4:0.#}" class="tick end">{highest * tick / 4:0.##}</text>"""
            );
            var step = last * tick / 4;
            svg.Append(
                CultureInfo.InvariantCulture,
                $"""<text x="{X(step, last):0.#}" y="{Height - 8}" class="tick middle">{step:0}</text>"""
            );
        }
        foreach (var (_, colour, values) in curves)
        {
            svg.Append(Line(steps, values, last, highest, colour, "raw"));
            svg.Append(Line(steps, Smooth(values), last, highest, colour, "mean"));
        }
        svg.Append("</svg><p class=\"legend\">");
        foreach (var (name, colour, _) in curves)
            svg.Append($"""<span><i style="background:{colour}"></i>{name}</span>""");
        return svg.Append("</p>").ToString();
    }

    private static string Line(
        IReadOnlyList<double> steps,
        double[] values,
        double last,
        double highest,
        string colour,
        string kind
    )
    {
        // A curve of thousands of points is drawn through a few hundred: nobody sees more.
        var stride = Math.Max(1, values.Length / 400);
        var points = Enumerable
            .Range(0, values.Length)
            .Where(i => i % stride == 0)
            .Select(i =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{X(steps[i], last):0.#},{Y(Math.Min(values[i], highest), highest):0.#}"
                )
            );
        return $"""<polyline class="{kind}" stroke="{colour}" points="{string.Join(' ', points)}"/>""";
    }

    private static double[] Smooth(double[] values)
    {
        var reach = Math.Max(1, values.Length / 40);
        return
        [
            .. Enumerable
                .Range(0, values.Length)
                .Select(i => values[Math.Max(0, i - reach)..Math.Min(values.Length, i + reach + 1)].Average()),
        ];
    }

    private static double X(double step, double last) => Left + (Width - Left - Right) * step / last;

    private static double Y(double value, double highest) =>
        Height - Bottom - (Height - Bottom - Top) * value / highest;
}

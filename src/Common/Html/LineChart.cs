using System.Globalization;
using System.Text;

namespace MlNetImageTranslation;

/// <summary>A curve with axes, drawn as SVG in the colours of the page around it.</summary>
/// <param name="title">The title of the chart.</param>
/// <param name="axis">What the horizontal axis counts, such as <c>step</c>.</param>
/// <param name="points">At least one point, in the order of X; all finite. Beyond 400 points, means of neighbours are
/// drawn.</param>
internal sealed class LineChart(string title, string axis, IReadOnlyList<(double X, double Y)> points)
{
    private const int Width = 460,
        Height = 240,
        Left = 58,
        Right = 14,
        Top = 34,
        Bottom = 34,
        MaximumPoints = 400,
        SmoothPoints = 40;

    /// <summary>
    /// Draws it. Where there are many values, they are pale, with their means over longer stretches strong above them.
    /// </summary>
    public string ToSvg()
    {
        var drawn = Thin(points, MaximumPoints);
        var (x0, x1) = Range(drawn.Select(point => point.X), grow: false);
        var (y0, y1) = Range(drawn.Select(point => point.Y), grow: true);
        var svg = new StringBuilder();
        svg.Append(
            Invariant(
                $"<svg class=\"chart\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{HtmlText.Escape(title)}\">\n"
            )
        );
        svg.Append(Invariant($"<text class=\"title\" x=\"{Left}\" y=\"20\">{HtmlText.Escape(title)}</text>"));
        svg.Append(Invariant($"<text class=\"last\" x=\"{Width - Right}\" y=\"20\">{Number(points[^1].Y)}</text>\n"));
        double rise = TickStep(y0, y1);
        foreach (double tick in Ticks(y0, y1, rise))
            svg.Append(
                Invariant(
                    $"<path class=\"grid\" d=\"M{Left} {Y(tick)}H{Width - Right}\"/><text class=\"y\" x=\"{Left - 6}\" y=\"{Y(tick) + 4}\">{Label(tick, rise)}</text>\n"
                )
            );
        // There are no halves of steps and epochs.
        double stride = Math.Max(1, TickStep(x0, x1));
        foreach (double tick in Ticks(x0, x1, stride))
            svg.Append(
                Invariant($"<text class=\"x\" x=\"{X(tick)}\" y=\"{Height - 16}\">{Label(tick, stride)}</text>")
            );
        svg.Append(
            Invariant(
                $"<text class=\"x\" x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 2}\">{HtmlText.Escape(axis)}</text>\n"
            )
        );
        bool many = drawn.Count > 2 * SmoothPoints;
        Curve(many ? "pale" : "curve", drawn);
        if (many)
            Curve("curve", Thin(points, SmoothPoints));
        if (drawn.Count == 1)
            svg.Append(Invariant($"<circle class=\"dot\" cx=\"{X(drawn[0].X)}\" cy=\"{Y(drawn[0].Y)}\" r=\"3\"/>"));
        return svg.Append("</svg>\n").ToString();

        void Curve(string style, IReadOnlyList<(double X, double Y)> curve) =>
            svg.Append(
                Invariant(
                    $"<polyline class=\"{style}\" points=\"{string.Join(' ', curve.Select(point => Invariant($"{X(point.X)},{Y(point.Y)}")))}\"/>\n"
                )
            );

        double X(double value) => Math.Round(Left + (value - x0) / (x1 - x0) * (Width - Left - Right), 1);
        double Y(double value) => Math.Round(Height - Bottom - (value - y0) / (y1 - y0) * (Height - Top - Bottom), 1);
    }

    // At most so many points, each the mean of its neighbours.
    private static IReadOnlyList<(double X, double Y)> Thin(IReadOnlyList<(double X, double Y)> points, int count)
    {
        if (points.Count <= count)
            return points;
        var thinned = new (double X, double Y)[count];
        for (int i = 0; i < count; i++)
        {
            int from = (int)((long)i * points.Count / count),
                to = (int)((long)(i + 1) * points.Count / count);
            double x = 0,
                y = 0;
            for (int j = from; j < to; j++)
            {
                x += points[j].X;
                y += points[j].Y;
            }
            thinned[i] = (x / (to - from), y / (to - from));
        }
        return thinned;
    }

    // Never empty, so that nothing divides by zero; with room above and below for values.
    private static (double Low, double High) Range(IEnumerable<double> values, bool grow)
    {
        double low = double.PositiveInfinity,
            high = double.NegativeInfinity;
        foreach (double value in values)
        {
            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }
        double room = high > low ? (grow ? (high - low) * 0.05 : 0) : Math.Max(Math.Abs(high) * 0.1, 0.5);
        return (low >= 0 && low - room < 0 ? 0 : low - room, high + room);
    }

    // 1, 2 or 5 times a power of ten, so that there are about four ticks.
    private static double TickStep(double low, double high)
    {
        double rough = (high - low) / 4,
            power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return power
            * (
                (rough / power) switch
                {
                    < 1.5 => 1,
                    < 3.5 => 2,
                    < 7.5 => 5,
                    _ => 10,
                }
            );
    }

    private static IEnumerable<double> Ticks(double low, double high, double step)
    {
        for (double index = Math.Ceiling(low / step - 1e-9); index * step <= high + step * 1e-9; index++)
            yield return index * step;
    }

    // With as many decimals as tell the ticks apart.
    private static string Label(double tick, double step)
    {
        int decimals = (int)Math.Ceiling(-Math.Log10(step) - 1e-9);
        return decimals is > 0 and <= 5 && Math.Abs(tick) < 1e4
            ? Math.Round(tick, decimals).ToString("0.#####", CultureInfo.InvariantCulture)
            : Number(tick);
    }

    private static string Number(double value) =>
        Math.Abs(value) switch
        {
            >= 1e6 => (value / 1e6).ToString("0.##", CultureInfo.InvariantCulture) + "M",
            >= 1e4 => (value / 1e3).ToString("0.##", CultureInfo.InvariantCulture) + "k",
            0 => "0",
            < 1e-3 => value.ToString("0.#e0", CultureInfo.InvariantCulture),
            _ => value.ToString("G4", CultureInfo.InvariantCulture),
        };

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}

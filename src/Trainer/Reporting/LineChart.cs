using System.Globalization;
using System.Text;
using MlNetImageTranslation.Datasets;

namespace MlNetImageTranslation.Trainer;

/// <summary>A curve as an SVG element with axes; its colours come from the classes of the page around it.</summary>
internal sealed class LineChart(string title, LogSeries series, string axis)
{
    private const int Width = 460,
        Height = 240,
        Left = 58,
        Right = 14,
        Top = 34,
        Bottom = 34,
        MaximumPoints = 400,
        SmoothPoints = 40;

    /// <summary>Draws it: the values pale, and where there are many, their mean over stretches of the run strong above them.</summary>
    public string ToSvg()
    {
        var points = series.Thinned(MaximumPoints);
        var (x0, x1) = Range(points.Select(point => point.X), grow: false);
        var (y0, y1) = Range(points.Select(point => point.Y), grow: true);
        var svg = new StringBuilder();
        svg.Append(
            Invariant(
                $"<svg class=\"chart\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Html.Escape(title)}\">\n"
            )
        );
        svg.Append(Invariant($"<text class=\"title\" x=\"{Left}\" y=\"20\">{Html.Escape(title)}</text>"));
        svg.Append(
            Invariant($"<text class=\"last\" x=\"{Width - Right}\" y=\"20\">{Number(series.Points[^1].Y)}</text>\n")
        );
        foreach (double tick in Ticks(y0, y1))
            svg.Append(
                Invariant(
                    $"<path class=\"grid\" d=\"M{Left} {Y(tick)}H{Width - Right}\"/><text class=\"y\" x=\"{Left - 6}\" y=\"{Y(tick) + 4}\">{Number(tick)}</text>\n"
                )
            );
        foreach (double tick in Ticks(x0, x1))
            svg.Append(Invariant($"<text class=\"x\" x=\"{X(tick)}\" y=\"{Height - 16}\">{Number(tick)}</text>"));
        svg.Append(
            Invariant(
                $"<text class=\"x\" x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 2}\">{Html.Escape(axis)}</text>\n"
            )
        );
        bool many = points.Count > 2 * SmoothPoints;
        Curve(many ? "pale" : "curve", points);
        if (many)
            Curve("curve", series.Thinned(SmoothPoints));
        if (points.Count == 1)
            svg.Append(Invariant($"<circle class=\"dot\" cx=\"{X(points[0].X)}\" cy=\"{Y(points[0].Y)}\" r=\"3\"/>"));
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

    // Never empty, so that nothing divides by zero; with room above and below for values.
    private static (double Low, double High) Range(IEnumerable<double> values, bool grow)
    {
        double low = double.PositiveInfinity,
            high = double.NegativeInfinity;
        foreach (double value in values)
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        double room = high > low ? (grow ? (high - low) * 0.05 : 0) : Math.Max(Math.Abs(high) * 0.1, 0.5);
        return (low >= 0 && low - room < 0 ? 0 : low - room, high + room);
    }

    // Multiples of 1, 2 or 5 times a power of ten, about four of them.
    private static IEnumerable<double> Ticks(double low, double high)
    {
        double rough = (high - low) / 4,
            power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double step =
            power
            * (
                (rough / power) switch
                {
                    < 1.5 => 1,
                    < 3.5 => 2,
                    < 7.5 => 5,
                    _ => 10,
                }
            );
        for (double index = Math.Ceiling(low / step - 1e-9); index * step <= high + step * 1e-9; index++)
            yield return index * step;
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

using System.Globalization;
using System.Net;
using System.Text;
using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Transforms;

/// <summary>One static HTML file with the scores and the best and worst pictures; it needs no server and no other file.</summary>
public static class EvaluationReport
{
    private const string Style = "body{font:15px/1.4 system-ui,sans-serif;margin:2em auto;max-width:70em;padding:0 1em}table{border-collapse:collapse}td,th{padding:.2em .8em;text-align:right;border-bottom:1px solid #ccc}"
        + "th:first-child,td:first-child{text-align:left}figure{margin:1em 0}figcaption{color:#555}img{image-rendering:auto;margin-right:4px;max-width:31%}pre{background:#f4f4f4;padding:1em;overflow:auto}";

    /// <summary>Writes the page.</summary>
    /// <param name="path">The HTML file.</param>
    /// <param name="title">What was evaluated.</param>
    /// <param name="metrics">The scores.</param>
    /// <param name="load">Gives the pictures of a name in <see cref="ImageTranslationMetrics.PerPicture"/> again, for the best and the worst.</param>
    /// <param name="count">How many of the best and of the worst, by L1.</param>
    public static void Save(string path, string title, ImageTranslationMetrics metrics, Func<string, EvaluatedPictures> load, int count = 6)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(title);
        ArgumentNullException.ThrowIfNull(metrics);
        ArgumentNullException.ThrowIfNull(load);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var html = new StringBuilder($"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{Text(title)}</title><style>{Style}</style></head><body>\n<h1>{Text(title)}</h1>\n<pre>{Text(metrics.ToString())}</pre>\n");
        var ordered = metrics.PerPicture.OrderBy(picture => picture.Scores.L1).ToArray();
        int best = Math.Min(count, (ordered.Length + 1) / 2);
        AddPictures(html, "Best", ordered[..best], load);
        AddPictures(html, "Worst", [.. ordered[Math.Max(best, ordered.Length - count)..].Reverse()], load);
        AddTable(html, ordered);
        html.Append("</body></html>\n");
        File.WriteAllText(path, html.ToString());
    }

    private static void AddPictures(StringBuilder html, string heading, (string Name, PictureScores Scores)[] pictures, Func<string, EvaluatedPictures> load)
    {
        if (pictures.Length == 0) return;
        html.Append(CultureInfo.InvariantCulture, $"<h2>{heading}</h2>\n<p>Source where it is known, translated, target.</p>\n");
        foreach (var (name, scores) in pictures)
        {
            var shown = load(name);
            html.Append("<figure>");
            foreach (var image in new[] { shown.Source, shown.Translated, shown.Target })
                if (image is not null) html.Append($"<img alt=\"\" src=\"{DataUri(image)}\">");
            html.Append($"<figcaption>{Text(name)}: {Describe(scores)}</figcaption></figure>\n");
        }
    }

    private static void AddTable(StringBuilder html, (string Name, PictureScores Scores)[] pictures)
    {
        if (pictures.Length == 0) return;
        html.Append("<h2>All pictures</h2>\n<table><tr><th>Picture</th><th>L1</th><th>PSNR</th><th>SSIM</th></tr>\n");
        foreach (var (name, scores) in pictures)
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{Text(name)}</td><td>{scores.L1:0.00}</td><td>{scores.Psnr:0.00}</td><td>{scores.Ssim:0.000}</td></tr>\n");
        html.Append("</table>\n");
    }

    internal static string DataUri(RgbImage image) => "data:image/png;base64," + Convert.ToBase64String(ImageEncoder.Encode(image, ImageFileFormat.Png));

    internal static string Text(string text) => WebUtility.HtmlEncode(text);

    private static string Describe(PictureScores scores) => string.Create(CultureInfo.InvariantCulture, $"L1 {scores.L1:0.00}, PSNR {scores.Psnr:0.00} dB, SSIM {scores.Ssim:0.000}");
}

using System.Globalization;
using System.Net;
using System.Text;
using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Evaluation;

/// <summary>
/// One static HTML file with the scores and the best and worst images; it needs no server and no other file.
/// </summary>
public static class EvaluationReport
{
    private const string Style = """
        .scores { display: flex; flex-wrap: wrap; gap: .7rem; margin: 1.2rem 0 .6rem }
        .scores div { flex: 1 1 8rem; padding: .7rem 1rem; background: var(--card); border: 1px solid var(--line); border-radius: .8rem }
        .scores b { display: block; font-size: 1.5rem; line-height: 1.3; font-variant-numeric: tabular-nums }
        figure { margin: 0 0 1rem; padding: .7rem; background: var(--card); border: 1px solid var(--line); border-radius: .8rem }
        figure > div { display: grid; grid-auto-flow: column; grid-auto-columns: 1fr; gap: .5rem }
        figure span { display: block; margin-bottom: .2rem; font-size: .85rem; color: var(--pale) }
        img { display: block; width: 100%; border-radius: .4rem }
        figcaption { margin-top: .5rem; font-size: .9rem; color: var(--pale); overflow-wrap: anywhere }
        table { width: 100%; border-collapse: collapse; background: var(--card); font-variant-numeric: tabular-nums }
        td, th { padding: .3rem .8rem; text-align: right; border-bottom: 1px solid var(--line) } td:first-child, th:first-child { text-align: left; overflow-wrap: anywhere }
        summary { margin-top: 2.4rem; font-size: 1.25rem; font-weight: bold; cursor: pointer } details table { margin-top: .8rem }
        """;

    /// <summary>Writes the page.</summary>
    /// <param name="path">The HTML file.</param>
    /// <param name="title">What was evaluated.</param>
    /// <param name="metrics">The scores.</param>
    /// <param name="load">Gives the images of a name in <see cref="ImageTranslationMetrics.PerImage"/> again, for the
    /// best and the worst.</param>
    /// <param name="count">How many of the best and of the worst, by L1.</param>
    public static void Save(
        string path,
        string title,
        ImageTranslationMetrics metrics,
        Func<string, EvaluatedImages> load,
        int count = 6
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(title);
        ArgumentNullException.ThrowIfNull(metrics);
        ArgumentNullException.ThrowIfNull(load);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var html = new StringBuilder(
            $"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
                + $"content=\"width=device-width,initial-scale=1\"><title>{Text(title)}</title>\n<style>\n{PageStyle}{Style}</style></head>\n<body>\n<h1>{Text(title)}</h1>\n"
        );
        AddScores(html, metrics);
        var ordered = metrics.PerImage.OrderBy(image => image.Scores.L1).ToArray();
        int best = Math.Min(count, (ordered.Length + 1) / 2);
        AddImages(html, "Best by L1", ordered[..best], load);
        AddImages(html, "Worst by L1", [.. ordered[Math.Max(best, ordered.Length - count)..].Reverse()], load);
        AddTable(html, ordered);
        html.Append("</body></html>\n");
        File.WriteAllText(path, html.ToString());
    }

    private static void AddScores(StringBuilder html, ImageTranslationMetrics metrics)
    {
        html.Append(
            CultureInfo.InvariantCulture,
            $"<p class=\"pale\">{metrics.Images} "
                + $"images{(metrics.FeatureProtocol is { } protocol ? $"; features: {Text(protocol)}" : "")}</p>\n<div class=\"scores\">"
        );
        void Card(string name, double? value, string format, string unit = "")
        {
            if (value is { } number)
                html.Append(
                    CultureInfo.InvariantCulture,
                    $"<div><b>{number.ToString(format, CultureInfo.InvariantCulture)}{unit}</b>{name}</div>"
                );
        }
        bool paired = metrics.PerImage.Count > 0;
        Card("L1, 0 to 255", paired ? metrics.L1 : null, "0.00");
        Card("PSNR", paired ? metrics.Psnr : null, "0.00", " dB");
        Card("SSIM", paired ? metrics.Ssim : null, "0.0000");
        Card("Fréchet distance", metrics.FrechetDistance, "0.000");
        Card("Kernel distance", metrics.KernelDistance?.Mean, "0.00000");
        Card("Pixel accuracy", metrics.Segmentation?.PixelAccuracy, "0.000");
        Card("Class accuracy", metrics.Segmentation?.ClassAccuracy, "0.000");
        Card("Class IoU", metrics.Segmentation?.ClassIoU, "0.000");
        html.Append("</div>\n");
    }

    private static void AddImages(
        StringBuilder html,
        string heading,
        (string Name, ImageScores Scores)[] images,
        Func<string, EvaluatedImages> load
    )
    {
        if (images.Length == 0)
            return;
        html.Append(CultureInfo.InvariantCulture, $"<h2>{heading}</h2>\n");
        foreach (var (name, scores) in images)
        {
            var shown = load(name);
            html.Append("<figure><div>");
            foreach (
                var (role, image) in new[]
                {
                    ("Source", shown.Source),
                    ("Translated", shown.Translated),
                    ("Target", shown.Target),
                }
            )
                if (image is not null)
                    html.Append($"<div><span>{role}</span><img alt=\"\" src=\"{DataUri(image)}\"></div>");
            html.Append($"</div><figcaption>{Text(name)}: {Describe(scores)}</figcaption></figure>\n");
        }
    }

    private static void AddTable(StringBuilder html, (string Name, ImageScores Scores)[] images)
    {
        if (images.Length == 0)
            return;
        html.Append(
            "<details><summary>All "
                + "images</summary>\n<table><tr><th>Image</th><th>L1</th><th>PSNR</th><th>SSIM</th></tr>\n"
        );
        foreach (var (name, scores) in images)
            html.Append(
                CultureInfo.InvariantCulture,
                $"<tr><td>{Text(name)}</td><td>{scores.L1:0.00}</td><td>{scores.Psnr:0.00}</td><td>{scores.Ssim:0.000}</td></tr>\n"
            );
        html.Append("</table></details>\n");
    }

    /// <summary>What all pages look like.</summary>
    internal static string PageStyle => Resource("Page.css");

    internal static string Resource(string name)
    {
        using var stream = typeof(EvaluationReport).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    internal static string DataUri(RgbImage image) =>
        "data:image/png;base64," + Convert.ToBase64String(ImageEncoder.Encode(image, ImageFileFormat.Png));

    internal static string Text(string text) => WebUtility.HtmlEncode(text);

    private static string Describe(ImageScores scores) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"L1 {scores.L1:0.00}, PSNR {scores.Psnr:0.00} dB, SSIM {scores.Ssim:0.000}"
        );
}

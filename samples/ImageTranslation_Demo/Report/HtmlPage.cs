using System.Globalization;
using System.Net;
using System.Text;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Trainer;

namespace ImageTranslation_Demo.Report;

/// <summary>Everything the demo has to show, in one file without scripts or links.</summary>
internal sealed class HtmlPage
{
    private readonly StringBuilder _body = new();

    public HtmlPage(string title, string lead) =>
        _body.Append($"<h1>{Encode(title)}</h1><p class=\"lead\">{Encode(lead)}</p>");

    public void Heading(string text) => _body.Append($"<h2>{Encode(text)}</h2>");

    public void Paragraph(string text) => _body.Append($"<p>{Encode(text)}</p>");

    /// <summary>The held-out scores, a bar behind each L1.</summary>
    public void Scores(IReadOnlyList<Score> scores)
    {
        var worst = scores.Max(score => score.L1);
        _body.Append("<table><tr><th></th><th>L1</th><th>PSNR</th><th>SSIM</th></tr>");
        foreach (var score in scores)
            _body.Append(
                CultureInfo.InvariantCulture,
                $"""
                <tr class="{(score.IsOurs ? "ours" : "")}"><td>{Encode(score.Name)}</td>
                <td class="bar" style="--share:{100
                    * score.L1
                    / worst:0.#}%">{score.L1:0.00}</td><td>{score.Psnr:0.00} dB</td><td>{score.Ssim:0.000}</td></tr>
                """
            );
        _body.Append("</table>");
    }

    public void Curves(LossLog log)
    {
        _body
            .Append("<div class=\"charts\"><figure>")
            .Append(
                CurveChart.Draw(
                    log.Steps,
                    ("discriminator, real pairs", "#2f6fde", log.Values["d_real"]),
                    ("discriminator, translated pairs", "#e0782f", log.Values["d_fake"]),
                    ("generator, adversarial", "#2f9e5b", log.Values["g_gan"])
                )
            )
            .Append("</figure><figure>")
            .Append(CurveChart.Draw(log.Steps, ("generator, L1 after its weight", "#8a4fd0", log.Values["g_l1"])))
            .Append("</figure></div>");
    }

    /// <summary>One row of images with what is to be said about it.</summary>
    public void Images(string caption, params (string Title, RgbImage Image)[] images)
    {
        _body.Append("<section class=\"row\">");
        foreach (var (title, image) in images)
            _body.Append(
                $"""<figure><img src="data:image/png;base64,{Convert.ToBase64String(ImageEncoder.Encode(image, ImageFileFormat.Png))}" alt="{Encode(title)}"><figcaption>{Encode(title)}</figcaption></figure>"""
            );
        _body.Append($"<p>{Encode(caption)}</p></section>");
    }

    public void Save(string path) =>
        File.WriteAllText(
            path,
            $"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>MlNetImageTranslation demo</title>
            <style>{Style}</style></head><body><main>{_body}</main></body></html>
            """
        );

    private static string Encode(string text) => WebUtility.HtmlEncode(text);

    private const string Style = """
        :root { color-scheme: light dark; --ink: #1d2330; --pale: #6a7280; --paper: #fff; --line: #e3e6eb; --ours: #e8f1ff; --bar: #d5dbe6; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e7eaf0; --pale: #9aa3b2; --paper: #14171c; --line: #2a3038; --ours: #1b2a44; --bar: #343c49; } }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
        main { max-width: 1180px; margin: 0 auto; padding: 32px 24px 64px; }
        h1 { font-size: 28px; margin: 0 0 8px; } h2 { font-size: 19px; margin: 40px 0 12px; } .lead { color: var(--pale); margin: 0; max-width: 70ch; }
        table { border-collapse: collapse; min-width: 560px; } th { text-align: right; font-weight: 500; color: var(--pale); }
        td, th { padding: 7px 14px; border-bottom: 1px solid var(--line); } td + td { text-align: right; font-variant-numeric: tabular-nums; }
        td.bar { background: linear-gradient(to left, var(--bar) var(--share), transparent var(--share)) no-repeat; min-width: 160px; }
        tr.ours td { font-weight: 600; } tr.ours { background: var(--ours); }
        .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(420px, 1fr)); gap: 24px; } figure { margin: 0; }
        svg { width: 100%; } .rule { stroke: var(--line); } .tick { font-size: 11px; fill: var(--pale); } .end { text-anchor: end; } .middle { text-anchor: middle; }
        polyline { fill: none; } .raw { opacity: .25; stroke-width: 1; } .mean { stroke-width: 2; }
        .legend { display: flex; flex-wrap: wrap; gap: 16px; margin: 0 0 0 44px; font-size: 13px; color: var(--pale); } .legend i { display: inline-block; width: 10px; height: 10px; border-radius: 5px; margin-right: 6px; }
        .row { display: grid; grid-template-columns: repeat(3, minmax(0, 256px)) 1fr; gap: 12px; align-items: center; margin-bottom: 14px; }
        .row img { width: 100%; display: block; border-radius: 6px; image-rendering: auto; } figcaption { font-size: 13px; color: var(--pale); } .row p { margin: 0 0 0 12px; font-size: 14px; color: var(--pale); }
        @media (max-width: 760px) { .row { grid-template-columns: repeat(3, 1fr); } .row p { grid-column: 1 / -1; } }
        """;
}

using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// The page of a run: one static HTML file in the run folder that shows sample grids, curves, speed and options from
/// the files beside it. It is written anew during training, needs no server and no network, and reloads itself until
/// the run is finished.
/// </summary>
public static class RunReport
{
    /// <summary>The file's name in the run folder.</summary>
    public const string FileName = "report.html";

    private const int ReloadSeconds = 30;

    private static readonly Dictionary<string, string> s_titles = new()
    {
        ["d_real"] = "Discriminator, real images",
        ["d_fake"] = "Discriminator, generated images",
        ["g_gan"] = "Generator, adversarial",
        ["g_l1"] = "Generator, L1 (weighted)",
        ["g_l2"] = "Generator, L2 (weighted)",
        ["g_features"] = "Generator, feature matching",
        ["g_structure"] = "Generator, structure",
        ["g_perceptual"] = "Generator, perceptual",
        ["g_variation"] = "Generator, total variation",
        ["d_a"] = "Discriminator of translations A to B",
        ["g_a"] = "Generator A to B, adversarial",
        ["cycle_a"] = "Cycle A to B to A",
        ["idt_a"] = "Generator A to B, identity",
        ["d_b"] = "Discriminator of translations B to A",
        ["g_b"] = "Generator B to A, adversarial",
        ["cycle_b"] = "Cycle B to A to B",
        ["idt_b"] = "Generator B to A, identity",
        ["l1"] = "L1, in levels (lower is better)",
        ["psnr"] = "PSNR, in dB (higher is better)",
        ["ssim"] = "SSIM (higher is better)",
        ["images_per_second"] = "Images a second",
        ["data_wait"] = "Share of time waiting for images",
    };

    /// <summary>
    /// Writes the page from what the folder holds now; a page that is there is replaced in one piece.
    /// </summary>
    /// <param name="runFolder">The run folder.</param>
    /// <param name="finished">Whether the run is at its end; else the page reloads itself.</param>
    /// <returns>The path of the page.</returns>
    /// <exception cref="IOException">The page cannot be written.</exception>
    public static string Write(string runFolder, bool finished = true)
    {
        string path = Path.Combine(runFolder, FileName),
            beside = path + ".tmp";
        File.WriteAllText(beside, Compose(runFolder, finished));
        File.Move(beside, path, overwrite: true);
        return path;
    }

    private static string Compose(string folder, bool finished)
    {
        var options = ReadOptions(Path.Combine(folder, RunFolder.OptionsFile));
        var losses = LogSeries.Read(Path.Combine(folder, RunFolder.LogFile), "step");
        var validation = LogSeries.Read(Path.Combine(folder, RunFolder.ValidationFile), "epoch");
        var timing = LogSeries.Read(Path.Combine(folder, RunFolder.TimingFile), "step");
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        var page = new StringBuilder();
        page.Append(
            "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
                + "content=\"width=device-width\">"
        );
        if (!finished)
            page.Append(CultureInfo.InvariantCulture, $"<meta http-equiv=\"refresh\" content=\"{ReloadSeconds}\">");
        page.Append($"\n<title>{Html.Escape(name)}</title>\n<style>\n{ReportStyle.Css}</style></head><body>\n");
        page.Append($"<header><h1>{Html.Escape(name)}</h1><p>{Facts(options, losses, finished)}</p></header>\n");
        AppendSamples(page, folder);
        AppendCharts(page, "Validation", validation, "epoch", Best(validation));
        AppendCharts(page, "Losses", losses, "step", null);
        AppendCharts(page, "Speed", timing, "step", null);
        AppendOptions(page, options);
        return page.Append("</body></html>\n").ToString();
    }

    private static string Facts(
        IReadOnlyList<(string Name, string Value)> options,
        IReadOnlyList<LogSeries> losses,
        bool finished
    )
    {
        var facts = new List<string>();
        foreach (
            var (name, label) in new[]
            {
                ("trainer", ""),
                ("options.dataFolder", "data "),
                ("trainingPictures", "training images "),
                ("validationPictures", "validation images "),
            }
        )
            if (
                options.FirstOrDefault(option => option.Name == name).Value
                is { Length: > 0 }
                    and not "null"
                    and var value
            )
                facts.Add(Html.Escape(label + value));
        if (losses.Count > 0)
            facts.Add(string.Create(CultureInfo.InvariantCulture, $"step {losses.Max(series => series.Points[^1].X)}"));
        facts.Add(finished ? "finished" : "training");
        return string.Join(" · ", facts);
    }

    private static string? Best(IReadOnlyList<LogSeries> validation)
    {
        if (validation.FirstOrDefault(series => series.Name == "l1") is not { } l1)
            return null;
        var (epoch, value) = l1.Points.MinBy(point => point.Y);
        return string.Create(CultureInfo.InvariantCulture, $"Lowest L1: {value:0.###} levels after epoch {epoch}.");
    }

    // The newest grid large, the others as small images that link to themselves.
    private static void AppendSamples(StringBuilder page, string folder)
    {
        var samples = Path.Combine(folder, "samples");
        if (!Directory.Exists(samples))
            return;
        var files = Directory
            .GetFiles(samples, "*.png")
            .Select(file => Path.GetFileName(file))
            .OrderDescending(StringComparer.Ordinal)
            .ToList();
        if (files.Count == 0)
            return;
        page.Append($"<section><h2>Samples</h2>\n{Image(files[0], "newest")}\n");
        if (files.Count > 1)
            page.Append(
                $"<div class=\"older\">\n{string.Join('\n', files.Skip(1).Select(file => Image(file, "")))}\n</div>"
            );
        page.Append("</section>\n");

        static string Image(string file, string style) =>
            $"<figure class=\"{style}\"><a href=\"samples/{Html.Link(file)}\"><img loading=\"lazy\" "
            + $"src=\"samples/{Html.Link(file)}\" "
            + $"alt=\"\"></a><figcaption>{Html.Escape(Path.GetFileNameWithoutExtension(file))}</figcaption></figure>";
    }

    private static void AppendCharts(
        StringBuilder page,
        string heading,
        IReadOnlyList<LogSeries> all,
        string axis,
        string? note
    )
    {
        if (all.Count == 0)
            return;
        page.Append(
            $"<section><h2>{heading}</h2>\n{(note is null ? "" : $"<p>{Html.Escape(note)}</p>\n")}<div "
                + $"class=\"charts\">\n"
        );
        foreach (var series in all)
            page.Append(new LineChart(s_titles.GetValueOrDefault(series.Name, series.Name), series, axis).ToSvg());
        page.Append("</div></section>\n");
    }

    private static void AppendOptions(StringBuilder page, IReadOnlyList<(string Name, string Value)> options)
    {
        if (options.Count == 0)
            return;
        page.Append("<section><h2>Options</h2><table>\n");
        foreach (var (name, value) in options)
            page.Append($"<tr><th>{Html.Escape(name)}</th><td>{Html.Escape(value)}</td></tr>\n");
        page.Append("</table></section>\n");
    }

    // Members one level deep; networks are told by their names only.
    private static List<(string Name, string Value)> ReadOptions(string file)
    {
        var options = new List<(string, string)>();
        if (!File.Exists(file))
            return options;
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllText(file));
            foreach (var member in json.RootElement.EnumerateObject())
            {
                if (member.Value.ValueKind != JsonValueKind.Object)
                    options.Add((member.Name, Text(member.Value)));
                else
                    foreach (var inner in member.Value.EnumerateObject())
                        options.Add(
                            (
                                $"{member.Name}.{inner.Name}",
                                inner.Value is { ValueKind: JsonValueKind.Object } network
                                && network.TryGetProperty("name", out var architecture)
                                    ? Text(architecture)
                                    : Text(inner.Value)
                            )
                        );
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            options.Add((RunFolder.OptionsFile, exception.Message));
        }
        return options;
    }

    private static string Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}

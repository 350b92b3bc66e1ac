using System.Globalization;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// The page of a run: one static HTML file in the run folder that shows sample grids, curves, speed and options from
/// the files beside it. It is written anew during training, needs no server and no network, and reloads itself until
/// the run is finished.
/// </summary>
internal static class RunReport
{
    /// <summary>The file's name in the run folder.</summary>
    public const string FileName = "report.html";

    private const int ReloadSeconds = 30;

    /// <summary>
    /// Writes the page from what the folder holds now; a page that is there is replaced in one piece.
    /// </summary>
    /// <param name="runFolder">The run folder.</param>
    /// <param name="finished">Whether the run is at its end; otherwise the page reloads itself.</param>
    /// <returns>The path of the page.</returns>
    /// <exception cref="IOException">The page cannot be written.</exception>
    public static string Write(string runFolder, bool finished = true)
    {
        string path = Path.Combine(runFolder, FileName);
        Compose(runFolder, finished).Save(path);
        return path;
    }

    private static HtmlPage Compose(string folder, bool finished)
    {
        var run = ReportedRun.Read(folder);
        var losses = LogSeries.Read(Path.Combine(folder, RunFolder.LogFile), "step");
        var validation = LogSeries.Read(Path.Combine(folder, RunFolder.ValidationFile), "epoch");
        var timing = LogSeries.Read(Path.Combine(folder, RunFolder.TimingFile), "step");
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        var page = new HtmlPage(name, Facts(run, losses, finished)) { ReloadSeconds = finished ? null : ReloadSeconds };
        AddSamples(page, folder);
        AddCharts(page, "Validation", Titled(validation), "epoch", Best(validation));
        AddCharts(page, "Losses", Titled(losses, run.Value("trainer") ?? ""), "step");
        AddCharts(page, "Speed", Titled(timing), "step");
        AddHistory(page, run);
        if (run.Options.Any())
            page.AddHeading("Options").AddFacts(run.Options);
        return page;
    }

    private static IReadOnlyList<LogSeries> Titled(IReadOnlyList<LogSeries> all, string trainer = "") =>
        [.. all.Select(series => series with { Name = SeriesTitles.Of(series.Name, trainer) })];

    private static string Facts(ReportedRun run, IReadOnlyList<LogSeries> losses, bool finished)
    {
        var facts = new List<string>();
        if ((run.Recipe ?? run.Value("trainer")) is { } named)
            facts.Add(named);
        if (run.Value("dataFolder") is { } data)
            facts.Add("data " + data);
        // The folder's count is of all images; the option says how many of them are used.
        if (run.Number("trainingPictures") is { } training)
            facts.Add(Count(Math.Min(training, run.Number("maximumDataSize") ?? training), "training image"));
        if (run.Number("validationPictures") is > 0 and var held)
            facts.Add(Count(held, "validation image"));
        // The last steps of a finished run need not be among those that are logged.
        if (losses.Count > 0 && !finished)
            facts.Add(string.Create(CultureInfo.InvariantCulture, $"step {losses.Max(series => series.Points[^1].X)}"));
        facts.Add(finished ? "finished" : "training");
        return string.Join(" · ", facts);
    }

    private static string Count(int number, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {noun}{(number == 1 ? "" : "s")}");

    private static string? Best(IReadOnlyList<LogSeries> validation)
    {
        if (validation.FirstOrDefault(series => series.Name == "l1") is not { } l1)
            return null;
        var (epoch, value) = l1.Points.MinBy(point => point.Y);
        return string.Create(CultureInfo.InvariantCulture, $"Lowest L1: {value:0.###} levels after epoch {epoch}.");
    }

    // The newest grid large, the others small.
    private static void AddSamples(HtmlPage page, string folder)
    {
        var samples = Path.Combine(folder, "samples");
        if (!Directory.Exists(samples))
            return;
        var images = Directory
            .GetFiles(samples, "*.png")
            .Select(file => Path.GetFileName(file))
            .Where(file => !file.StartsWith('.'))
            .OrderDescending(StringComparer.Ordinal)
            .Select(file => (Path.GetFileNameWithoutExtension(file), $"samples/{file}"))
            .ToList();
        if (images.Count > 0)
            page.AddHeading("Samples").AddImages(images.Take(1));
        if (images.Count > 1)
            page.AddImages(images.Skip(1), small: true);
    }

    private static void AddHistory(HtmlPage page, ReportedRun run)
    {
        if (run.History.Count == 0)
            return;
        page.AddHeading("History");
        foreach (string entry in run.History)
            page.AddParagraph(entry);
    }

    private static void AddCharts(
        HtmlPage page,
        string heading,
        IReadOnlyList<LogSeries> all,
        string axis,
        string? note = null
    )
    {
        if (all.Count == 0)
            return;
        page.AddHeading(heading);
        if (note is not null)
            page.AddParagraph(note);
        page.AddCharts(all.Select(series => (series.Name, axis, series.Points)));
    }
}

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

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

    // What the line below the heading says.
    private static readonly HashSet<string> s_told =
    [
        "formatVersion",
        "trainer",
        "trainingPictures",
        "validationPictures",
        RunHistory.Name,
    ];

    // Options whose names in options.json are older than those of today.
    private static readonly Dictionary<string, string> s_renamed = new()
    {
        ["badPictures"] = "badImages",
        ["pictureCacheMegabytes"] = "imageCacheMegabytes",
    };

    private static readonly Dictionary<string, string> s_titles = new()
    {
        ["d_real"] = "Discriminator, real images",
        ["d_fake"] = "Discriminator, generated images",
        ["g_gan"] = "Generator, adversarial",
        ["g_l1"] = "Generator, L1 (weighted)",
        ["g_l2"] = "Generator, L2 (weighted)",
        ["g_features"] = "Generator, feature matching",
        ["g_self"] = "Generator, distance to the input (weighted)",
        ["g_nce"] = "Generator, PatchNCE (weighted)",
        ["g_nce_identity"] = "Generator, PatchNCE of target images (weighted)",
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
        ["d_ab"] = "Discriminator, pairs of A and its translation",
        ["g_ab"] = "Generator A to B, adversarial",
        ["d_ba"] = "Discriminator, pairs of B and its translation",
        ["g_ba"] = "Generator B to A, adversarial",
        ["l1"] = "L1, in levels (lower is better)",
        ["psnr"] = "PSNR, in dB (higher is better)",
        ["ssim"] = "SSIM (higher is better)",
        ["images_per_second"] = "Images per second",
        ["data_wait"] = "Share of time waiting for images",
    };

    // Losses whose names mean something else in runs of other trainers.
    private static readonly Dictionary<(string Trainer, string Loss), string> s_titlesOfTrainer = new()
    {
        [("feature-gan", "g_features")] = "Generator, distance of features to the input (weighted)",
        [("cogan", "d_real_a")] = "Discriminator A, real images",
        [("cogan", "d_real_b")] = "Discriminator B, real images",
        [("cogan", "d_fake_a")] = "Discriminator A, generated images",
        [("cogan", "d_fake_b")] = "Discriminator B, generated images",
        [("cogan", "g_a")] = "Generator A, adversarial",
        [("cogan", "g_b")] = "Generator B, adversarial",
    };

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
        string file = Path.Combine(folder, RunFolder.OptionsFile);
        var (recorded, problem) = ReadRecord(file);
        var options = problem is null ? OptionsOf(recorded) : [(RunFolder.OptionsFile, problem)];
        var losses = LogSeries.Read(Path.Combine(folder, RunFolder.LogFile), "step");
        var validation = LogSeries.Read(Path.Combine(folder, RunFolder.ValidationFile), "epoch");
        var timing = LogSeries.Read(Path.Combine(folder, RunFolder.TimingFile), "step");
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        string? recipe = RecipeNames.Of(JsonObject.Create(recorded), file);
        var page = new HtmlPage(name, Facts(recipe, options, losses, finished))
        {
            ReloadSeconds = finished ? null : ReloadSeconds,
        };
        AddSamples(page, folder);
        string trainer = options.FirstOrDefault(option => option.Name == "trainer").Value ?? "";
        AddCharts(page, "Validation", Titled(validation), "epoch", Best(validation));
        AddCharts(page, "Losses", Titled(losses, trainer), "step");
        AddCharts(page, "Speed", Titled(timing), "step");
        AddHistory(page, recorded);
        if (options.Count > 0)
            page.AddHeading("Options").AddFacts(Shown(options));
        return page;
    }

    // The run's own number of threads comes before the option, which is 0 where the machine decided.
    private static IEnumerable<(string Name, string Value)> Shown(IEnumerable<(string Name, string Value)> options) =>
        options
            .Where(option => !s_told.Contains(option.Name))
            .Select(option => (Name: s_renamed.GetValueOrDefault(option.Name, option.Name), option.Value))
            .DistinctBy(option => option.Name);

    private static IReadOnlyList<LogSeries> Titled(IReadOnlyList<LogSeries> all, string trainer = "") =>
        [
            .. all.Select(series =>
                series with
                {
                    Name =
                        s_titlesOfTrainer.GetValueOrDefault((trainer, series.Name))
                        ?? s_titles.GetValueOrDefault(series.Name, series.Name),
                }
            ),
        ];

    private static string Facts(
        string? recipe,
        IReadOnlyList<(string Name, string Value)> options,
        IReadOnlyList<LogSeries> losses,
        bool finished
    )
    {
        var facts = new List<string>();
        string? Value(string name) => options.FirstOrDefault(option => option.Name == name).Value;
        int? Number(string name) =>
            int.TryParse(Value(name), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
        if ((recipe ?? Value("trainer")) is { } named)
            facts.Add(named);
        if (Value("dataFolder") is { } data)
            facts.Add("data " + data);
        // The folder's count is of all images; the option says how many of them are used.
        if (Number("trainingPictures") is { } training)
            facts.Add(Count(Math.Min(training, Number("maximumDataSize") ?? training), "training image"));
        if (Number("validationPictures") is > 0 and var held)
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

    private static void AddHistory(HtmlPage page, JsonElement recorded)
    {
        string[] entries = HistoryOf(recorded);
        if (entries.Length == 0)
            return;
        page.AddHeading("History");
        foreach (string entry in entries)
            page.AddParagraph(entry);
    }

    private static string[] HistoryOf(JsonElement recorded)
    {
        try
        {
            return
            [
                .. recorded
                    .GetProperty(RunHistory.Name)
                    .EnumerateArray()
                    .Select(entry =>
                        RunHistory.Describe(
                            entry.GetProperty("step").GetInt64(),
                            entry.GetProperty("change").GetString()!,
                            entry.GetProperty("from").GetString(),
                            entry.GetProperty("to").GetString()!
                        )
                    ),
            ];
        }
        catch (Exception exception)
            when (exception is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            // None, or not as we write it.
            return [];
        }
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

    // The object in options.json: an empty one where there is none, or a problem, in words, where it cannot be read.
    private static (JsonElement Recorded, string? Problem) ReadRecord(string file)
    {
        var none = JsonElement.Parse("{}");
        if (!File.Exists(file))
            return (none, null);
        try
        {
            var recorded = JsonElement.Parse(RegularFile.ReadText(file));
            return recorded.ValueKind == JsonValueKind.Object ? (recorded, null) : (none, "not a JSON object");
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            return (none, exception.Message);
        }
    }

    // The run's own members, then its options, then the names of its networks. What is not set is left out.
    private static List<(string Name, string Value)> OptionsOf(JsonElement recorded)
    {
        var options = new List<(string, string)>();
        foreach (var member in recorded.EnumerateObject())
        {
            if (member.Value.ValueKind != JsonValueKind.Object)
                Add(member.Name, member.Value);
            else if (member.Name == "options")
                foreach (var option in member.Value.EnumerateObject())
                    Add(option.Name, option.Value);
            else
                foreach (var inner in member.Value.EnumerateObject())
                    Add(inner.Name.Replace('_', ' ') + " network", NameOf(inner.Value));
        }
        return options;

        void Add(string name, JsonElement value)
        {
            if (value.ValueKind == JsonValueKind.String)
                options.Add((name, value.GetString()!));
            else if (value.ValueKind != JsonValueKind.Null)
                options.Add((name, value.GetRawText()));
        }
    }

    private static JsonElement NameOf(JsonElement network) =>
        network.ValueKind == JsonValueKind.Object && network.TryGetProperty("name", out var name) ? name : network;
}

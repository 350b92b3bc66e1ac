using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Trainer.Tests;

public sealed partial class RunReportTests
{
    [Fact]
    public void Shows_curves_newest_samples_and_options_from_the_run_folder()
    {
        using var folder = MakeRun();
        var page = File.ReadAllText(RunReport.Write(folder.Path, finished: false));

        var charts = Charts(page);
        Assert.Equal(
            [
                "L1, in levels (lower is better)",
                "Discriminator, real images",
                "Generator, L1 (weighted)",
                "Images per second",
            ],
            charts.Select(chart => chart.Attribute("aria-label")!.Value)
        );
        Assert.Contains("Lowest L1: 7.5 levels after epoch 2.", page);
        Assert.True(
            page.IndexOf("epoch-0020.png", StringComparison.Ordinal)
                < page.IndexOf("epoch-0010.png", StringComparison.Ordinal)
        );
        Assert.Contains(
            "pix2pix &#183; data data/facades &#183; 400 training images &#183; step 300 &#183; training",
            page
        );
        Assert.Contains("<dt>lambdaL1</dt><dd>100</dd>", page);
        Assert.Contains("<dt>generator network</dt><dd>unet-128</dd>", page);
        Assert.Contains("http-equiv=\"refresh\"", page);
        Assert.DoesNotContain("http-equiv", File.ReadAllText(RunReport.Write(folder.Path)));
    }

    [Theory]
    [InlineData("[1]", "not a JSON object")]
    [InlineData("{", "JSON")]
    [InlineData("""{"trainer": "cut", "trainer": "cut", "options": {}}""", "cut")]
    [InlineData("""{"trainer": "cut", "history": 7, "options": {"lambdaNce": "x"}}""", "<dt>lambdaNce</dt>")]
    public void Is_written_where_the_options_are_not_those_of_a_run(string options, string expected)
    {
        using var folder = MakeRun();
        File.WriteAllText(folder.File("options.json"), options);
        Assert.Contains(expected, File.ReadAllText(RunReport.Write(folder.Path)));
    }

    [Fact]
    public void Shows_options_once_by_the_names_of_today()
    {
        using var folder = MakeRun();
        File.WriteAllText(
            folder.File("options.json"),
            """{"trainer": "pix2pix", "threads": 3, "options": {"threads": 0, "badPictures": "skip", "pictureCacheMegabytes": 7}}"""
        );

        var page = File.ReadAllText(RunReport.Write(folder.Path));

        Assert.Single(ThreadFacts().Matches(page));
        Assert.Contains("<dt>threads</dt><dd>3</dd>", page);
        Assert.Contains("<dt>badImages</dt><dd>skip</dd>", page);
        Assert.Contains("<dt>imageCacheMegabytes</dt><dd>7</dd>", page);
        Assert.DoesNotContain("icture", page);
    }

    [Fact]
    public void Titles_losses_by_what_they_are_in_that_trainer()
    {
        using var folder = MakeRun();
        File.WriteAllText(folder.File("options.json"), """{"trainer": "cogan", "options": {}}""");
        File.WriteAllText(folder.File("log.jsonl"), """{"step": 1, "epoch": 1, "d_real_a": 0.5, "g_a": 0.5}""");

        var titles = Charts(File.ReadAllText(RunReport.Write(folder.Path)))
            .Select(chart => chart.Attribute("aria-label")!.Value);

        Assert.Contains("Discriminator A, real images", titles);
        Assert.Contains("Generator A, adversarial", titles);
    }

    [Fact]
    public void Needs_nothing_but_the_files_beside_it()
    {
        using var folder = MakeRun();
        var page = File.ReadAllText(RunReport.Write(folder.Path));
        var links = Links().Matches(page).Select(match => match.Groups[1].Value).ToList();
        Assert.NotEmpty(links);
        Assert.All(
            links,
            link => Assert.True(File.Exists(Path.Combine(folder.Path, Uri.UnescapeDataString(link))), link)
        );
        Assert.DoesNotContain("<script", page);
        Assert.DoesNotContain("http://", page);
        Assert.DoesNotContain("https://", page);
    }

    [Fact]
    public void Curves_go_through_the_logged_values()
    {
        using var folder = MakeRun();
        var chart = Charts(File.ReadAllText(RunReport.Write(folder.Path)))
            .Single(item => item.Attribute("aria-label")!.Value == "Generator, L1 (weighted)");
        var points = chart
            .Elements()
            .Single(element => element.Attribute("class")?.Value == "curve")
            .Attribute("points")!
            .Value.Split(' ')
            .Select(point =>
                point.Split(',').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray()
            )
            .ToList();
        // Values 10, 20, 30 at steps 100, 200, 300: a straight line that rises, so Y falls.
        Assert.Equal(3, points.Count);
        Assert.Equal(points[1][0] - points[0][0], points[2][0] - points[1][0], 0.2);
        Assert.Equal(points[0][1] - points[1][1], points[1][1] - points[2][1], 0.2);
        Assert.True(points[0][1] > points[2][1]);
    }

    [Fact]
    public void Long_logs_are_thinned_to_means()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllLines(
            folder.File("log.jsonl"),
            Enumerable.Range(1, 5000).Select(step => $$"""{"step": {{step}}, "epoch": 1, "g_l1": {{step % 2}}}""")
        );
        var chart = Charts(File.ReadAllText(RunReport.Write(folder.Path))).Single();
        var curves = chart.Elements().Where(element => element.Name == "polyline").ToList();
        Assert.Equal(["pale", "curve"], curves.Select(curve => curve.Attribute("class")!.Value));
        // Longer stretches lie nearer to the mean of zeros and ones.
        Assert.True(Spread(curves[1]) < Spread(curves[0]) / 4);
        Assert.InRange(new FileInfo(Path.Combine(folder.Path, RunReport.FileName)).Length, 1000, 40000);
    }

    private static double Spread(XElement curve)
    {
        var heights = curve
            .Attribute("points")!
            .Value.Split(' ')
            .Select(point => double.Parse(point.Split(',')[1], CultureInfo.InvariantCulture))
            .ToList();
        return heights.Max() - heights.Min();
    }

    [Fact]
    public void Names_are_text_and_never_markup()
    {
        using var folder = MakeRun();
        File.WriteAllText(
            folder.File("options.json"),
            """{"trainer": "<script>alert(1)</script>", "options": {"dataFolder": "a & \"b\""}}"""
        );
        File.WriteAllText(folder.File("log.jsonl"), """{"step": 1, "<b>": 2}""");
        var page = File.ReadAllText(RunReport.Write(folder.Path));
        Assert.DoesNotContain("<script", page);
        Assert.DoesNotContain("<b>", page);
        Assert.Equal(
            "<b>",
            Charts(page).Single(chart => chart.Attribute("aria-label")!.Value == "<b>").Elements().First().Value
        );
    }

    [Fact]
    public void What_is_not_set_is_not_told_and_images_are_counted_as_they_are_used()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(
            folder.File("options.json"),
            """{"trainer": "pix2pix", "trainingPictures": 6, "validationPictures": 1, "options": {"dataFolder": null, "maximumDataSize": 2}}"""
        );
        var page = File.ReadAllText(RunReport.Write(folder.Path));
        Assert.Contains("pix2pix &#183; 2 training images &#183; 1 validation image &#183; finished", page);
        Assert.DoesNotContain("null", page);
        Assert.DoesNotContain("dataFolder", page);
    }

    [Fact]
    public void Empty_and_damaged_folders_give_a_page_too()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("<body>", File.ReadAllText(RunReport.Write(folder.Path)));
        File.WriteAllText(folder.File("options.json"), "{ not json");
        File.WriteAllText(
            folder.File("log.jsonl"),
            "[1]\n3\n{\"step\": \"x\", \"a\": 1}\n{\"step\": 1, \"a\": 2, \"t\": \"text\"}\n{\"step\": 2, \"a\": 1e999}\n{\"step\": 3, \"a\""
        );
        var chart = Charts(File.ReadAllText(RunReport.Write(folder.Path))).Single();
        Assert.Single(chart.Elements(), element => element.Name == "circle");
    }

    [Fact]
    public void Views_write_page_and_events_as_the_run_goes_on()
    {
        using var folder = MakeRun();
        var passed = new List<TrainingEvent>();
        var grid = folder.File("samples/epoch-0010.png");
        using (var views = new RunViews(folder.Path, tensorBoard: true, new Recorder(passed)))
        {
            void Report(TrainingEvent about, string? message = null) =>
                views.Report(
                    new()
                    {
                        Event = about,
                        Step = 3,
                        TotalSteps = 9,
                        Epoch = 1,
                        TotalEpochs = 3,
                        Message = message,
                        Losses = new Dictionary<string, float> { ["g_l1"] = 3 },
                    }
                );
            Report(TrainingEvent.Started);
            Report(TrainingEvent.Step);
            Report(TrainingEvent.Samples, grid);
            Assert.Contains("http-equiv=\"refresh\"", File.ReadAllText(folder.File("report.html")));
            Report(TrainingEvent.Finished);
        }
        Assert.Equal(
            [TrainingEvent.Started, TrainingEvent.Step, TrainingEvent.Samples, TrainingEvent.Finished],
            passed
        );
        Assert.DoesNotContain("http-equiv", File.ReadAllText(folder.File("report.html")));
        Assert.True(
            new FileInfo(Directory.GetFiles(folder.File("tensorboard")).Single()).Length > new FileInfo(grid).Length
        );
    }

    [Fact]
    public void A_page_or_event_file_that_cannot_be_written_costs_one_warning()
    {
        using var folder = MakeRun();
        // A folder and a file stand where a file and a folder should be.
        Directory.CreateDirectory(folder.File("report.html"));
        File.WriteAllText(folder.File("tensorboard"), "");
        var passed = new List<TrainingEvent>();
        using (var views = new RunViews(folder.Path, tensorBoard: true, new Recorder(passed)))
            foreach (var about in new[] { TrainingEvent.Started, TrainingEvent.Samples, TrainingEvent.Samples })
                views.Report(
                    new()
                    {
                        Event = about,
                        Step = 1,
                        TotalSteps = 9,
                        Epoch = 1,
                        TotalEpochs = 3,
                    }
                );
        Assert.Equal(
            [
                TrainingEvent.Warning,
                TrainingEvent.Started,
                TrainingEvent.Warning,
                TrainingEvent.Samples,
                TrainingEvent.Samples,
            ],
            passed
        );
    }

    private sealed class Recorder(List<TrainingEvent> events) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => events.Add(value.Event);
    }

    private static TemporaryFolder MakeRun()
    {
        var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("samples"));
        foreach (var epoch in new[] { "epoch-0010", "epoch-0020" })
            ImageEncoder.Save(RgbImage.Filled(8, 8, 9, 9, 9), folder.File($"samples/{epoch}.png"));
        File.WriteAllText(
            folder.File("options.json"),
            """{"trainer": "pix2pix", "trainingPictures": 400, "options": {"dataFolder": "data/facades", "lambdaL1": 100}, "networks": {"generator": {"name": "unet-128", "layers": []}}}"""
        );
        File.WriteAllText(
            folder.File("log.jsonl"),
            string.Concat(
                Enumerable
                    .Range(1, 3)
                    .Select(i => $$"""{"step": {{i}}00, "epoch": 1, "d_real": 0.{{i}}, "g_l1": {{i}}0}""" + "\n")
            )
        );
        File.WriteAllText(
            folder.File("validation.jsonl"),
            """
            {"step": 400, "epoch": 1, "l1": 9}
            {"step": 800, "epoch": 2, "l1": 7.5}
            {"step": 1200, "epoch": 3, "l1": 8}

            """
        );
        File.WriteAllText(folder.File("timing.jsonl"), """{"step": 100, "images_per_second": 3.5}""");
        return folder;
    }

    private static List<XElement> Charts(string page) =>
        [.. Svg().Matches(page).Select(match => XElement.Parse(match.Value))];

    [GeneratedRegex("<dt>threads</dt>")]
    private static partial Regex ThreadFacts();

    [GeneratedRegex("<svg.*?</svg>", RegexOptions.Singleline)]
    private static partial Regex Svg();

    [GeneratedRegex("(?:src|href)=\"([^\"]*)\"")]
    private static partial Regex Links();
}

using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.TestSupport;
using MlNetImageTranslation.Transforms.Tests;

namespace MlNetImageTranslation.Evaluation.Tests;

public sealed partial class TranslationReportTests : IDisposable
{
    private const string Chromium = "/usr/bin/chromium";

    private readonly TemporaryFolder _folder = new();

    private string Page => _folder.File("out/report.html");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_image_is_shown_from_a_folder_beside_the_page_best_first()
    {
        using var evaluator = new ImageTranslationEvaluator();
        using (var report = new TranslationReport(Page, "A & B"))
        {
            for (int i = 4; i >= 0; i--)
            {
                var (source, translated, target) = (Image(i), Image(10 + i), Image(20));
                var scores = evaluator.Add($"<{i}>.png", translated, target);
                report.Add(
                    $"<{i}>.png",
                    [("Source", source), ("Translated", translated), ("Target", target)],
                    [("L1", scores.L1), ("SSIM", scores.Ssim)]
                );
            }
            report.AddMetrics(evaluator.Complete());
            report.Save();
        }
        var html = File.ReadAllText(Page);
        Assert.Contains("<h1>A &amp; B</h1>", html);
        Assert.Contains($"<b>{evaluator.Complete().L1.ToString("0.00", CultureInfo.InvariantCulture)}</b>", html);
        var byL1 = evaluator.Complete().PerImage.OrderBy(image => image.Scores.L1).Select(image => image.Name);
        Assert.Equal(byL1, Names(html).Select(name => System.Net.WebUtility.HtmlDecode(name)));
        Assert.DoesNotContain("http", html);
        Assert.DoesNotContain("data:", html);

        // All links lead to the images that were added, and nothing else is beside the page.
        var links = Images().Matches(html).Select(match => match.Groups[1].Value).ToArray();
        Assert.Equal(15, links.Distinct().Count());
        Assert.All(links, link => Assert.StartsWith("report_files/", link));
        Assert.Equal(15, Regex.Count(html, "loading=\"lazy\""));
        Assert.Equal(15, Directory.GetFiles(_folder.File("out/report_files")).Length);
        Assert.Equal(2, Directory.GetFileSystemEntries(_folder.File("out")).Length);
        int first = int.Parse(evaluator.Complete().PerImage.MinBy(image => image.Scores.L1).Name[1..2], null);
        Assert.Equal(Image(10 + first).Pixels, ImageDecoder.Decode(_folder.File("out/" + links[1])).Pixels);
    }

    [Fact]
    public void Scores_that_were_not_computed_are_not_shown()
    {
        string Shown(ImageTranslationMetrics metrics)
        {
            using var report = new TranslationReport(Page, "Page");
            return report.AddMetrics(metrics).Page.ToString();
        }

        var page = Shown(
            new()
            {
                Images = 2,
                FrechetDistance = 1.5,
                FeatureProtocol = "<script>",
            }
        );
        Assert.Contains("<b>2</b>Images", page);
        Assert.Contains("<b>1.500</b>Fr&#233;chet distance", page);
        Assert.Contains("Features: &lt;script&gt;", page);
        Assert.DoesNotContain("SSIM", page);
        Assert.Contains("<b>∞ dB</b>PSNR", Shown(new() { Images = 1, Psnr = double.PositiveInfinity }));
    }

    [Fact]
    public void Files_are_linked_where_they_are_and_large_images_are_shown_smaller()
    {
        var file = _folder.File("my photos/a & b.png");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        ImageEncoder.Save(Image(1), file);
        using var report = new TranslationReport(Page, "Page") { MaximumSide = 10 };
        report.AddFiles("linked", [("Source", file)]);
        report.Add("large", [("Translated", Image(2))]);
        report.Save();
        var html = File.ReadAllText(Page);
        Assert.Contains("src=\"../my%20photos/a%20%26%20b.png\"", html);
        var shown = ImageDecoder.Decode(Directory.GetFiles(_folder.File("out/report_files")).Single());
        Assert.Equal((8, 10), (shown.Width, shown.Height));
        Assert.Contains("width=\"8\" height=\"10\"", html);
        Assert.Equal(["large", "linked"], Names(html));
    }

    [Fact]
    public void Sections_have_lists_of_their_own()
    {
        using var report = new TranslationReport(Page, "Page");
        report.AddHeading("One");
        report.Add("a", [("Translated", Image(1))]);
        report.EndImages();
        report.AddHeading("Two");
        report.Add("b", [("Translated", Image(1))]);
        report.Save();
        var order = Regex
            .Matches(File.ReadAllText(Page), "<h[23]>(.*?)</h[23]>")
            .Select(match => match.Groups[1].Value);
        Assert.Equal(["One", "a", "Two", "b"], order);
        Assert.Single(Regex.Matches(File.ReadAllText(Page), "<script>"));
    }

    [Fact]
    public void A_report_replaces_the_last_one_only_when_it_is_saved()
    {
        Write(count: 3);
        var before = File.ReadAllText(Page);
        using (var abandoned = new TranslationReport(Page, "Abandoned"))
            abandoned.Add("x", [("Translated", Image(9))]);
        Assert.Equal(before, File.ReadAllText(Page));
        Assert.Equal(3, Directory.GetFiles(_folder.File("out/report_files")).Length);
        Assert.Equal(2, Directory.GetFileSystemEntries(_folder.File("out")).Length);

        // What a killed process left is in nobody's way.
        Directory.CreateDirectory(_folder.File("out/report_files.new"));
        File.WriteAllText(_folder.File("out/report_files.new/000001-0.png"), "");
        Write(count: 1);
        Assert.Single(Directory.GetFiles(_folder.File("out/report_files")));
        Assert.Equal(2, Directory.GetFileSystemEntries(_folder.File("out")).Length);
    }

    [Fact]
    public void Other_files_are_not_deleted()
    {
        Directory.CreateDirectory(_folder.File("out/report_files"));
        File.WriteAllText(_folder.File("out/report_files/thesis.docx"), "");
        var error = Assert.Throws<IOException>(() => new TranslationReport(Page, "Page"));
        Assert.Contains("'thesis.docx'", error.Message);
        Assert.True(File.Exists(_folder.File("out/report_files/thesis.docx")));
        Assert.Contains(
            "is a folder",
            Assert.Throws<IOException>(() => new TranslationReport(_folder.Path, "Page")).Message
        );
    }

    [Fact]
    public void Images_are_added_from_several_threads()
    {
        using var report = new TranslationReport(Page, "Page");
        Parallel.For(0, 40, i => report.Add($"{i}", [("Translated", Image(i))], [("Score", i)]));
        report.Save();
        var html = File.ReadAllText(Page);
        Assert.Equal(Enumerable.Range(0, 40).Select(i => $"{i}"), Names(html));
        Assert.All(
            Images().Matches(html).Select((match, i) => (match.Groups[1].Value, i)),
            image => Assert.Equal(Image(image.i).Pixels, ImageDecoder.Decode(_folder.File("out/" + image.Value)).Pixels)
        );
    }

    [Fact]
    public void A_browser_orders_images_by_name_and_score()
    {
        Assert.SkipUnless(File.Exists(Chromium), $"{Chromium} is not there; ./test.sh installs it.");
        using (var report = new TranslationReport(Page, "Page"))
        {
            foreach (
                var (name, l1, psnr) in new[]
                {
                    ("10.png", 5.0, 30.0),
                    ("9.png", 0.0, double.PositiveInfinity),
                    ("x\"<.png", 7.0, double.NaN),
                    ("1.png", 6.0, 20.0),
                }
            )
                report.Add(name, [("Translated", Image(1))], [("L1", l1), ("PSNR in dB", psnr)]);
            report.Save();
        }
        const string Odd = "x\"&lt;.png";
        Assert.Equal(["9.png", "10.png", "1.png", Odd], Names(Open("")));
        Assert.Equal([Odd, "1.png", "10.png", "9.png"], Names(Open("#order=L1,down")));
        // A number that is missing comes last both ways.
        Assert.Equal(["1.png", "10.png", "9.png", Odd], Names(Open("#order=PSNR%20in%20dB,up")));
        Assert.Equal(["9.png", "10.png", "1.png", Odd], Names(Open("#order=PSNR%20in%20dB,down")));
        Assert.Equal(["1.png", "9.png", "10.png", Odd], Names(Open("#order=Name,up")));
    }

    private string Open(string hash)
    {
        using var process = Process.Start(
            new ProcessStartInfo(
                Chromium,
                [
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    $"--user-data-dir={_folder.File("profile")}",
                    "--dump-dom",
                    new Uri(Page).AbsoluteUri + hash,
                ]
            )
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        _ = process.StandardError.ReadToEndAsync();
        var page = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return page;
    }

    private void Write(int count)
    {
        using var report = new TranslationReport(Page, "Page");
        for (int i = 0; i < count; i++)
            report.Add($"{i}", [("Translated", Image(i))]);
        report.Save();
    }

    private static IEnumerable<string> Names(string html) => Headings().Matches(html).Select(m => m.Groups[1].Value);

    private static RgbImage Image(int seed) => TestImages.Make(16, 20, seed);

    [GeneratedRegex("<h3>(.*?)</h3>")]
    private static partial Regex Headings();

    [GeneratedRegex("<img [^>]*src=\"([^\"]*)\"")]
    private static partial Regex Images();
}

using System.Globalization;
using System.Text.Json;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Transforms.Tests;

public sealed class FolderTranslatorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TranslationEngine _engine = new(
        TestModels.Export(TestModels.Strided),
        new() { Device = TranslationDevice.Cpu, Threads = 1 }
    );

    private string Input => _folder.File("in");

    private string Output => _folder.File("out");

    public void Dispose()
    {
        _engine.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Keeps_the_tree_and_gives_what_the_engine_gives()
    {
        string[] names = ["a.png", "b.jpg", "deep/er/c.webp", "deep/d.png", "deep/d.jpg"];
        foreach (var name in names)
            Image(name);
        File.WriteAllText(Path.Combine(Input, "notes.txt"), "no image");
        var done = Translator().Translate(Input, Output);
        Assert.Equal((5, 0, 0, 5), (done.Translated, done.Skipped, done.Failed, done.Total));
        Assert.Equal("1 file of other extensions (such as 'notes.txt')", done.LeftOut);
        string[] expected = ["a.png", "b.png", "deep/d.jpg.png", "deep/d.png.png", "deep/er/c.png"];
        Assert.Equal(expected, Files(Output));
        Assert.Equal(
            _engine.Translate(ImageDecoder.Decode(Path.Combine(Input, "b.jpg"))).Pixels,
            ImageDecoder.Decode(Path.Combine(Output, "b.png")).Pixels
        );
        Assert.Equal(
            _engine.Translate(ImageDecoder.Decode(Path.Combine(Input, "deep/d.jpg"))).Pixels,
            ImageDecoder.Decode(Path.Combine(Output, "deep/d.jpg.png")).Pixels
        );
    }

    [Fact]
    public void A_bad_image_costs_a_line_in_the_report()
    {
        Image("good.png");
        File.WriteAllBytes(Path.Combine(Input, "cut.png"), File.ReadAllBytes(Path.Combine(Input, "good.png"))[..60]);
        File.WriteAllText(Path.Combine(Input, "text.jpg"), "not an image");
        File.WriteAllBytes(Path.Combine(Input, "empty.png"), []);
        string report = _folder.File("report.jsonl");
        var done = Translator(new() { ReportFile = report }).Translate(Input, Output);
        Assert.Equal((1, 3), (done.Translated, done.Failed));
        var lines = File.ReadLines(report)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .ToDictionary(line => line.GetProperty("file").GetString()!);
        Assert.Equal(4, lines.Count);
        Assert.Equal("good.png", lines["good.png"].GetProperty("output").GetString());
        Assert.Equal(11, lines["good.png"].GetProperty("width").GetInt32());
        Assert.False(lines["good.png"].TryGetProperty("error", out _));
        foreach (var bad in new[] { "cut.png", "text.jpg", "empty.png" })
            Assert.Contains(bad, lines[bad].GetProperty("error").GetString());
        Assert.Equal(["good.png"], Files(Output));
    }

    [Fact]
    public void A_bad_image_stops_the_work_where_asked()
    {
        Directory.CreateDirectory(Input);
        File.WriteAllText(Path.Combine(Input, "text.jpg"), "not an image");
        var failure = Assert.Throws<InvalidDataException>(() =>
            Translator(new() { FailOnBadImage = true }).Translate(Input, Output)
        );
        Assert.Contains("text.jpg", failure.Message);
    }

    [Fact]
    public void Resuming_leaves_finished_images_alone()
    {
        for (int i = 0; i < 4; i++)
            Image($"{i}.png");
        Directory.CreateDirectory(Output);
        File.WriteAllText(Path.Combine(Output, "1.png"), "kept");
        var done = Translator(new() { Resume = true }).Translate(Input, Output);
        Assert.Equal((3, 1), (done.Translated, done.Skipped));
        Assert.Equal("kept", File.ReadAllText(Path.Combine(Output, "1.png")));
        Assert.Equal(4, Translator().Translate(Input, Output).Translated);
        Assert.NotEqual("kept", File.ReadAllText(Path.Combine(Output, "1.png")));
    }

    [Fact]
    public void What_a_killed_run_left_is_made_good()
    {
        for (int i = 0; i < 4; i++)
            Image($"{i}.png");
        string report = _folder.File("report.jsonl");
        // Killed in the middle of 1.png, after 2.png but before its line, in the middle of a line; the machine lost its
        // power with 3.png not on disk.
        Translator().Translate(Input, Output);
        foreach (var name in new[] { "1.png", "3.png" })
            File.Delete(Path.Combine(Output, name));
        File.WriteAllText(Path.Combine(Output, "3.png"), "");
        string unfinished = OfKilledProcess(AtomicFile.NewNameFor(Path.Combine(Output, "1.png"))),
            others = OfKilledProcess(AtomicFile.NewNameFor(Path.Combine(Output, "another.png")));
        File.WriteAllText(unfinished, "half an image");
        File.WriteAllText(others, "of another machine, which may be at work");
        File.WriteAllText(
            report,
            """{"file":"0.png","output":"0.png","width":11,"height":7,"milliseconds":1}"""
                + "\n"
                + """{"file":"2.png","outp"""
        );
        var done = Translator(new() { Resume = true, ReportFile = report }).Translate(Input, Output);
        Assert.Equal((2, 2), (done.Translated, done.Skipped));
        Assert.Equal([Path.GetFileName(others), "0.png", "1.png", "2.png", "3.png"], Files(Output));
        Assert.All(Files(Output)[1..], name => ImageDecoder.Decode(Path.Combine(Output, name)));
        Assert.Equal(
            ["0.png", "1.png", "2.png", "3.png"],
            File.ReadLines(report)
                .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("file").GetString()!)
                .Order(StringComparer.Ordinal)
        );
    }

    // No process has a number as large.
    private static string OfKilledProcess(string unfinished) =>
        unfinished.Replace($"-{Environment.ProcessId}-", $"-{int.MaxValue}-", StringComparison.Ordinal);

    [Fact]
    public void A_file_that_is_no_report_is_not_written_to()
    {
        Image("a.png");
        string notes = _folder.File("notes.txt");
        File.WriteAllText(notes, "my notes\nand more");
        Assert.Contains(
            "notes.txt",
            Assert
                .Throws<InvalidDataException>(() =>
                    Translator(new() { Resume = true, ReportFile = notes }).Translate(Input, Output)
                )
                .Message
        );
        Assert.Equal("my notes\nand more", File.ReadAllText(notes));
    }

    [Fact]
    public void No_two_images_have_one_output()
    {
        string[] names = ["a.jpg", "a.png", "a.jpg.png", "B.png", "b.webp", "c.png", "d.jpg", "d.png/e.png"];
        foreach (var name in names)
            Image(name);
        (string, string)[] expected =
        [
            ("B.png", "B.png.png"),
            ("a.jpg", "a.jpg.png"),
            ("a.jpg.png", "a.jpg.png.png"),
            ("a.png", "a.png.png"),
            ("b.webp", "b.webp.png"),
            ("c.png", "c.png"),
            ("d.jpg", "d.jpg.png"),
            ("d.png/e.png", "d.png/e.png"),
        ];
        Assert.Equal(expected, FolderListing.Of(Input, Output, new()).Files.Select(file => (file.Input, file.Output)));
        // What an image's output is called hangs neither on patterns nor on shards.
        Assert.Equal(
            "a.jpg.png",
            Assert.Single(FolderListing.Of(Input, Output, new() { Include = ["a.jpg"] }).Files).Output
        );
        Assert.Equal(8, Translator().Translate(Input, Output).Translated);
        Assert.Equal(8, Files(Output).Length);
    }

    [Fact]
    public void Names_may_hold_anything_that_the_file_system_takes()
    {
        string[] names =
        [
            "with space.png",
            "ünïcödé 写真.png",
            "[glob]*?.png",
            "-o.png",
            "'quoted\".png",
            "two\nlines.png",
            "%20.png",
            new string('n', 251) + ".png",
            "…/deep er/x.png",
        ];
        foreach (var name in names)
            Image(name);
        string report = _folder.File("report.jsonl");
        Assert.Equal(names.Length, Translator(new() { ReportFile = report }).Translate(Input, Output).Translated);
        Assert.Equal(names.Order(StringComparer.Ordinal), Files(Output));
        Assert.Equal(
            names.Order(StringComparer.Ordinal),
            File.ReadLines(report)
                .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("file").GetString()!)
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Links_lead_neither_in_circles_nor_into_the_input()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need rights there.");
        Image("a.png");
        Image("sub/b.png");
        Directory.CreateSymbolicLink(Path.Combine(Input, "sub", "circle"), Input);
        File.CreateSymbolicLink(Path.Combine(Input, "linked.png"), Path.Combine(Input, "a.png"));
        File.CreateSymbolicLink(Path.Combine(Input, "nowhere.png"), _folder.File("nothing"));
        var done = Translator().Translate(Input, Output);
        Assert.Equal((3, 1), (done.Translated, done.Failed));
        Assert.Equal(["a.png", "linked.png", "sub/b.png"], Files(Output));
        // A named pipe waits for nobody.
        using (var pipe = System.Diagnostics.Process.Start("mkfifo", [Path.Combine(Input, "pipe.png")]))
            pipe.WaitForExit();
        Assert.Equal(2, Translator().Translate(Input, Output).Failed);
        Directory.CreateSymbolicLink(_folder.File("alias"), _folder.Path);
        Assert.Throws<ArgumentException>(() => Translator().Translate(Input, _folder.File("alias/in/")));
        // The output inside the input, by another name.
        for (int again = 0; again < 2; again++)
            Assert.Equal(3, Translator().Translate(Input, _folder.File("alias/in/made")).Translated);
    }

    [Fact]
    public void Cancelling_leaves_whole_files_and_resuming_makes_the_rest()
    {
        for (int i = 0; i < 12; i++)
            Image($"{i}.png");
        using var cancel = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() =>
            Translator(new() { Workers = 1 }).Translate(Input, Output, new Stop(cancel, 3), cancel.Token)
        );
        string[] made = Files(Output);
        Assert.InRange(made.Length, 3, 11);
        Assert.All(made, name => ImageDecoder.Decode(Path.Combine(Output, name)));
        var done = Translator(new() { Resume = true }).Translate(Input, Output);
        Assert.Equal((made.Length, 12 - made.Length), (done.Skipped, done.Translated));
    }

    [Fact]
    public void Shards_are_disjoint_and_make_up_the_whole()
    {
        for (int i = 0; i < 20; i++)
            Image(string.Create(CultureInfo.InvariantCulture, $"{i % 3}/{i}.png"));
        int sum = 0;
        for (int shard = 0; shard < 3; shard++)
        {
            var done = Translator(new() { Shard = (shard, 3), Resume = true }).Translate(Input, Output);
            Assert.Equal(0, done.Skipped);
            Assert.InRange(done.Translated, 1, 19);
            sum += done.Translated;
        }
        Assert.Equal(20, sum);
        Assert.Equal(20, Files(Output).Length);
    }

    [Fact]
    public void Patterns_choose_files()
    {
        foreach (var name in new[] { "a1.png", "a2.jpg", "b1.png", "sub/a3.png", "sub/deep/a4.png" })
            Image(name);
        Assert.Equal(["a1.png", "sub/a3.png", "sub/deep/a4.png"], Listed(new() { Include = ["a*.png"] }));
        Assert.Equal(["sub/a3.png"], Listed(new() { Include = ["sub/*.png"] }));
        Assert.Equal(["sub/a3.png", "sub/deep/a4.png"], Listed(new() { Include = ["sub/**"] }));
        Assert.Equal(["a1.png", "a2.jpg"], Listed(new() { Exclude = ["b?.png"], Recursive = false }));
        Assert.Equal(["a1.png", "b1.png"], Listed(new() { Exclude = ["**/deep/*", "sub/*", "*.jpg"] }));
    }

    [Fact]
    public void An_output_inside_the_input_is_not_translated_again()
    {
        Image("a.png");
        string inside = Path.Combine(Input, "out");
        Assert.Equal(1, Translator().Translate(Input, inside).Translated);
        Assert.Equal(1, Translator().Translate(Input, inside).Translated);
        Assert.Throws<ArgumentException>(() => Translator().Translate(Input, Input));
        Assert.Throws<DirectoryNotFoundException>(() => Translator().Translate(_folder.File("nowhere"), Output));
        Assert.Throws<NotSupportedException>(() =>
            Translator(new() { OutputExtension = ".gif" }).Translate(Input, Output)
        );
    }

    [Fact]
    public void Few_pixels_in_flight_let_large_images_pass_alone()
    {
        for (int i = 0; i < 6; i++)
            Image($"{i}.png");
        Assert.Equal(6, Translator(new() { MaxPixelsInFlight = 1, Workers = 4 }).Translate(Input, Output).Translated);
    }

    [Fact]
    public void Errors_of_writing_are_not_the_images_fault()
    {
        Image("a.png");
        // A folder stands where the output goes.
        Directory.CreateDirectory(Path.Combine(Output, "a.png"));
        Assert.ThrowsAny<Exception>(() => Translator().Translate(Input, Output));
    }

    [Theory]
    [InlineData(4, 4)]
    [InlineData(-1, 4)]
    [InlineData(0, 0)]
    public void Other_shards_are_refused(int index, int count) =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            Translator(new() { Shard = (index, count) }).Translate(Input, Output)
        );

    private FolderTranslator Translator(FolderTranslationOptions? options = null) => new(_engine, options);

    private string[] Listed(FolderTranslationOptions options) =>
        [.. FolderListing.Of(Input, Output, options).Files.Select(file => file.Input)];

    private void Image(string name)
    {
        string path = Path.Combine(Input, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        ImageEncoder.Save(TestImages.Make(11, 7, name.Length), path);
    }

    private static string[] Files(string folder) =>
        [
            .. Directory
                .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
                .Order(StringComparer.Ordinal),
        ];

    private sealed class Stop(CancellationTokenSource source, int after) : IProgress<FolderTranslationProgress>
    {
        public void Report(FolderTranslationProgress value)
        {
            if (value.Translated >= after)
                source.Cancel();
        }
    }
}

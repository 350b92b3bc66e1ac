using System.Globalization;
using System.Text.Json;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Transforms.Tests;

public sealed class FolderTranslatorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TranslationEngine _engine = new(TestModels.Export(TestModels.Strided), new() { Device = TranslationDevice.Cpu, Threads = 1 });

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
        foreach (var name in names) Picture(name);
        File.WriteAllText(Path.Combine(Input, "notes.txt"), "no picture");
        var done = Translator().Translate(Input, Output);
        Assert.Equal((5, 0, 0, 5), (done.Translated, done.Skipped, done.Failed, done.Total));
        string[] expected = ["a.png", "b.png", "deep/d.jpg.png", "deep/d.png.png", "deep/er/c.png"];
        Assert.Equal(expected, Files(Output));
        Assert.Equal(_engine.Translate(ImageDecoder.Decode(Path.Combine(Input, "b.jpg"))).Pixels, ImageDecoder.Decode(Path.Combine(Output, "b.png")).Pixels);
        Assert.Equal(_engine.Translate(ImageDecoder.Decode(Path.Combine(Input, "deep/d.jpg"))).Pixels, ImageDecoder.Decode(Path.Combine(Output, "deep/d.jpg.png")).Pixels);
    }

    [Fact]
    public void A_bad_picture_costs_a_line_in_the_report()
    {
        Picture("good.png");
        File.WriteAllBytes(Path.Combine(Input, "cut.png"), File.ReadAllBytes(Path.Combine(Input, "good.png"))[..60]);
        File.WriteAllText(Path.Combine(Input, "text.jpg"), "not a picture");
        File.WriteAllBytes(Path.Combine(Input, "empty.png"), []);
        string report = _folder.File("report.jsonl");
        var done = Translator(new() { ReportFile = report }).Translate(Input, Output);
        Assert.Equal((1, 3), (done.Translated, done.Failed));
        var lines = File.ReadLines(report).Select(line => JsonDocument.Parse(line).RootElement).ToDictionary(line => line.GetProperty("file").GetString()!);
        Assert.Equal(4, lines.Count);
        Assert.Equal("good.png", lines["good.png"].GetProperty("output").GetString());
        Assert.Equal(11, lines["good.png"].GetProperty("width").GetInt32());
        Assert.False(lines["good.png"].TryGetProperty("error", out _));
        foreach (var bad in new[] { "cut.png", "text.jpg", "empty.png" }) Assert.Contains(bad, lines[bad].GetProperty("error").GetString());
        Assert.Equal(["good.png"], Files(Output));
    }

    [Fact]
    public void A_bad_picture_stops_the_work_where_asked()
    {
        Directory.CreateDirectory(Input);
        File.WriteAllText(Path.Combine(Input, "text.jpg"), "not a picture");
        var failure = Assert.Throws<InvalidDataException>(() => Translator(new() { OnBadPicture = BadPicturePolicy.Fail }).Translate(Input, Output));
        Assert.Contains("text.jpg", failure.Message);
    }

    [Fact]
    public void Resuming_leaves_finished_pictures_alone()
    {
        for (int i = 0; i < 4; i++) Picture($"{i}.png");
        Directory.CreateDirectory(Output);
        File.WriteAllText(Path.Combine(Output, "1.png"), "kept");
        var done = Translator(new() { Resume = true }).Translate(Input, Output);
        Assert.Equal((3, 1), (done.Translated, done.Skipped));
        Assert.Equal("kept", File.ReadAllText(Path.Combine(Output, "1.png")));
        Assert.Equal(4, Translator().Translate(Input, Output).Translated);
        Assert.NotEqual("kept", File.ReadAllText(Path.Combine(Output, "1.png")));
    }

    [Fact]
    public void Cancelling_leaves_whole_files_and_resuming_makes_the_rest()
    {
        for (int i = 0; i < 12; i++) Picture($"{i}.png");
        using var cancel = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => Translator(new() { Workers = 1 }).Translate(Input, Output, new Stop(cancel, 3), cancel.Token));
        string[] made = Files(Output);
        Assert.InRange(made.Length, 3, 11);
        Assert.All(made, name => ImageDecoder.Decode(Path.Combine(Output, name)));
        var done = Translator(new() { Resume = true }).Translate(Input, Output);
        Assert.Equal((made.Length, 12 - made.Length), (done.Skipped, done.Translated));
    }

    [Fact]
    public void Shards_are_disjoint_and_make_up_the_whole()
    {
        for (int i = 0; i < 20; i++) Picture(string.Create(CultureInfo.InvariantCulture, $"{i % 3}/{i}.png"));
        int sum = 0;
        for (int shard = 0; shard < 3; shard++)
        {
            var done = Translator(new() { Shard = new(shard, 3), Resume = true }).Translate(Input, Output);
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
        foreach (var name in new[] { "a1.png", "a2.jpg", "b1.png", "sub/a3.png", "sub/deep/a4.png" }) Picture(name);
        Assert.Equal(["a1.png", "sub/a3.png", "sub/deep/a4.png"], Listed(new() { Include = ["a*.png"] }));
        Assert.Equal(["sub/a3.png"], Listed(new() { Include = ["sub/*.png"] }));
        Assert.Equal(["sub/a3.png", "sub/deep/a4.png"], Listed(new() { Include = ["sub/**"] }));
        Assert.Equal(["a1.png", "a2.jpg"], Listed(new() { Exclude = ["b?.png"], Recursive = false }));
        Assert.Equal(["a1.png", "b1.png"], Listed(new() { Exclude = ["**/deep/*", "sub/*", "*.jpg"] }));
    }

    [Fact]
    public void An_output_inside_the_input_is_not_translated_again()
    {
        Picture("a.png");
        string inside = Path.Combine(Input, "out");
        Assert.Equal(1, Translator().Translate(Input, inside).Translated);
        Assert.Equal(1, Translator().Translate(Input, inside).Translated);
        Assert.Throws<ArgumentException>(() => Translator().Translate(Input, Input));
        Assert.Throws<DirectoryNotFoundException>(() => Translator().Translate(_folder.File("nowhere"), Output));
        Assert.Throws<NotSupportedException>(() => Translator(new() { OutputExtension = ".gif" }).Translate(Input, Output));
    }

    [Fact]
    public void Few_pixels_in_flight_let_large_pictures_pass_alone()
    {
        for (int i = 0; i < 6; i++) Picture($"{i}.png");
        Assert.Equal(6, Translator(new() { MaxPixelsInFlight = 1, Workers = 4 }).Translate(Input, Output).Translated);
    }

    [Fact]
    public void Errors_of_writing_are_not_the_pictures_fault()
    {
        Picture("a.png");
        // A folder stands where the output goes.
        Directory.CreateDirectory(Path.Combine(Output, "a.png"));
        Assert.ThrowsAny<Exception>(() => Translator().Translate(Input, Output));
    }

    [Theory]
    [InlineData("0/4", 0, 4)]
    [InlineData("3/4", 3, 4)]
    public void Shards_are_read(string text, int index, int count) => Assert.Equal(new Shard(index, count), Shard.Parse(text));

    [Theory]
    [InlineData("4/4")]
    [InlineData("-1/4")]
    [InlineData("1")]
    [InlineData("a/b")]
    [InlineData("0/0")]
    public void Other_shards_are_refused(string text) => Assert.Throws<FormatException>(() => Shard.Parse(text));

    private FolderTranslator Translator(FolderTranslationOptions? options = null) => new(_engine, options);

    private string[] Listed(FolderTranslationOptions options) => [.. FolderListing.List(Input, Output, options).Select(file => file.Input)];

    private void Picture(string name)
    {
        string path = Path.Combine(Input, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        ImageEncoder.Save(TestPictures.Make(11, 7, name.Length), path);
    }

    private static string[] Files(string folder) => [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    private sealed class Stop(CancellationTokenSource source, int after) : IProgress<FolderTranslationProgress>
    {
        public void Report(FolderTranslationProgress value)
        {
            if (value.Translated >= after) source.Cancel();
        }
    }
}

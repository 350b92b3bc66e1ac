using System.IO.Compression;
using System.Text.Json;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Transforms.Tests;

/// <summary>Folders of label images beside folders of instance images.</summary>
public sealed class InstanceFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TranslationEngine _engine = new(
        TestModels.Export(TestModels.WithInstances(TestModels.Strided)),
        new() { Device = TranslationDevice.Cpu, Threads = 1 }
    );

    private string Input => _folder.File("in");

    private string Output => _folder.File("out");

    private string Instances => _folder.File("instances");

    public void Dispose()
    {
        _engine.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("train", "train/aachen_01_gtFine_instanceIds.png")]
    [InlineData("val", "val_inst/bochum_02_gtFine_instanceIds.png")]
    public void Names_may_have_an_ending_of_their_own(string phase, string expected)
    {
        foreach (string name in (string[])["aachen_01", "bochum_02"])
        foreach (string part in (string[])["train", "val_inst"])
            Image($"instances/{part}/{name}_gtFine_instanceIds.png", 4, 4);
        var instances = InstanceFolder.OfPhase(Instances, phase);
        string city = phase == "train" ? "aachen_01" : "bochum_02";

        Assert.Equal(Path.Combine(Instances, expected), instances.FileOf($"{city}_gtFine_labelIds.png"));
        Assert.Equal(Path.Combine(Instances, expected), instances.FileOf($"{city}.png"));
        // Half a name is another one.
        Assert.Throws<InvalidDataException>(() => instances.FileOf("aachen_gtFine_labelIds.png"));
    }

    [Fact]
    public void Every_label_image_gets_the_instance_image_of_its_path()
    {
        // The same name in another folder, another format, and an image that has none.
        foreach (string name in (string[])["in/a.png", "in/deep/a.png", "in/b.png", "in/alone.png"])
            Image(name, 15, 11);
        foreach (string name in (string[])["instances/a.png", "instances/deep/a.tif", "instances/b.webp"])
            Image(name, 15, 11);
        string report = _folder.File("report.jsonl");

        var done = Translator(new() { InstanceFolder = Instances, ReportFile = report }).Translate(Input, Output);

        Assert.Equal((3, 1), (done.Translated, done.Failed));
        foreach (var (name, instance) in (ReadOnlySpan<(string, string)>)[("a", "a.png"), ("deep/a", "deep/a.tif")])
            Assert.Equal(
                _engine
                    .Translate(
                        ImageDecoder.Decode(Path.Combine(Input, name + ".png")),
                        ImageDecoder.Decode(Path.Combine(Instances, instance))
                    )
                    .Pixels,
                ImageDecoder.Decode(Path.Combine(Output, name + ".png")).Pixels
            );
        string error = File.ReadLines(report)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Single(line => line.GetProperty("file").GetString() == "alone.png")
            .GetProperty("error")
            .GetString()!;
        Assert.Contains("no instance image for 'alone.png'; expected one named 'alone'", error);
    }

    [Fact]
    public void An_instance_image_of_another_size_is_a_bad_image()
    {
        Image("in/a.png", 15, 11);
        Image("instances/a.png", 11, 15);
        var translator = Translator(new() { InstanceFolder = Instances, FailOnBadImage = true });
        string message = Assert.Throws<InvalidDataException>(() => translator.Translate(Input, Output)).Message;
        Assert.Contains("'a.png'", message);
        Assert.Contains("11x15; expected 15x11", message);
        Assert.DoesNotContain("Parameter", message);
    }

    [Fact]
    public void Folders_that_do_not_fit_the_model_are_refused_before_any_work()
    {
        Image("in/a.png", 15, 11);
        Image("instances/a.png", 15, 11);
        Image("instances/a.jpg", 15, 11);
        var missing = Assert.Throws<ArgumentException>(() => Translator(new()).Translate(Input, Output));
        Assert.Equal("InstanceFolder", missing.ParamName);
        Assert.Contains("Say by InstanceFolder", missing.Message);
        using var plain = new TranslationEngine(
            TestModels.Export(TestModels.Strided),
            new() { Device = TranslationDevice.Cpu }
        );
        var unread = Assert.Throws<ArgumentException>(() =>
            new FolderTranslator(plain, new() { InstanceFolder = Instances }).Translate(Input, Output)
        );
        Assert.Contains("reads one image; expected no instance image beside it and no InstanceFolder", unread.Message);
        Assert.Throws<DirectoryNotFoundException>(() =>
            Translator(new() { InstanceFolder = _folder.File("nowhere") }).Translate(Input, Output)
        );
        Assert.Contains(
            "several instance images named 'a'",
            Assert
                .Throws<InvalidDataException>(() =>
                    Translator(new() { InstanceFolder = Instances }).Translate(Input, Output)
                )
                .Message
        );
        Assert.Throws<NotSupportedException>(() =>
            Translator(new() { InstanceFolder = Instances, BitDepth = 16 }).Translate(Input, Output)
        );
        Assert.False(Directory.Exists(Output));
    }

    private FolderTranslator Translator(FolderTranslationOptions options) => new(_engine, options);

    private void Image(string name, int width, int height)
    {
        string file = _folder.File(name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        ImageEncoder.Save(TestImages.Make(width, height, name.Length * 7 + name[^5]), file, CompressionLevel.Fastest);
    }
}

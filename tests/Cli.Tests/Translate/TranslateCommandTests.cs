using MlNetImageTranslation.Export;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Networks;
using MlNetImageTranslation.TestSupport;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Cli.Tests.Translate;

public sealed class TranslateCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TranslateCommandTests()
    {
        var graph = new NetworkBuilder("test", new TensorShape(3, 8, 8)).Convolution("conv", 3, 3, 1, Padding.All(1)).Tanh("out").Build();
        var weights = new StateDict();
        var random = new Random(1);
        foreach (var parameter in graph.Parameters)
            weights[parameter.Name] = new(parameter.Shape, [.. Enumerable.Range(0, (int)parameter.Count).Select(_ => random.NextSingle() - 0.5f)]);
        OnnxExporter.Export(graph, weights, new(), Model);
        Directory.CreateDirectory(_folder.File("in/sub"));
        ImageEncoder.Save(RgbImage.Filled(9, 5, 200, 20, 90), _folder.File("in/a.png"));
        ImageEncoder.Save(RgbImage.Filled(7, 7, 10, 220, 90), _folder.File("in/sub/b.jpg"));
    }

    private string Model => _folder.File("model.onnx");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_picture_is_translated_into_a_file_or_a_folder()
    {
        using var engine = new TranslationEngine(Model);
        var expected = engine.Translate(ImageDecoder.Decode(_folder.File("in/a.png"))).Pixels;
        await Exits(0, "--input", _folder.File("in/a.png"), "--output", _folder.File("made/a.png"));
        Assert.Equal(expected, ImageDecoder.Decode(_folder.File("made/a.png")).Pixels);
        await Exits(0, "--input", _folder.File("in/a.png"), "--output", _folder.File("made") + "/", "--format", "webp");
        Assert.Equal(expected, ImageDecoder.Decode(_folder.File("made/a.webp")).Pixels);
    }

    [Fact]
    public async Task A_folder_is_translated_with_its_tree_and_a_report()
    {
        var (output, _) = await Exits(0, "--input", _folder.File("in"), "--output", _folder.File("out"), "--report", _folder.File("report.jsonl"));
        Assert.Contains("2 of 2 pictures translated", output);
        Assert.True(File.Exists(_folder.File("out/sub/b.png")));
        Assert.Equal(2, File.ReadLines(_folder.File("report.jsonl")).Count());
        (output, _) = await Exits(0, "--input", _folder.File("in"), "--output", _folder.File("out"), "--resume");
        Assert.Contains("2 skipped", output);
        File.WriteAllText(_folder.File("in/bad.jpg"), "text");
        (output, _) = await Exits(1, "--input", _folder.File("in"), "--output", _folder.File("out"));
        Assert.Contains("1 failed", output);
        var (_, error) = await Exits(2, "--input", _folder.File("in"), "--output", _folder.File("out"), "--on-bad-picture", "fail");
        Assert.Contains("bad.jpg", error);
    }

    [Theory]
    [InlineData("no picture", "--input", "nowhere.png", "--output", "a.png")]
    [InlineData("not a shard", "--input", "in", "--output", "out", "--shard", "4/4")]
    [InlineData("not a picture size", "--input", "in", "--output", "out", "--size", "big")]
    [InlineData("cannot be written", "--input", "in/a.png", "--output", "a.gif")]
    [InlineData("--mean", "--input", "in/a.png", "--output", "a.png", "--mean", "x,y")]
    public async Task Mistakes_are_named(string message, params string[] arguments)
    {
        var (_, error) = await Exits(2, [.. arguments.Select(argument => argument is "in" or "in/a.png" or "out" or "a.gif" ? _folder.File(argument) : argument)]);
        Assert.Contains(message, error);
    }

    [Fact]
    public async Task Models_that_are_not_there_or_no_models_are_mistakes()
    {
        var (code, _, error) = await Imt.RunAsync("translate", "--model", "nothing", "--input", _folder.File("in"), "--output", _folder.File("out"));
        Assert.Equal(2, code);
        Assert.Contains("'nothing'", error);
        (code, _, error) = await Imt.RunAsync("translate", "--model", _folder.File("in/a.png"), "--input", _folder.File("in"), "--output", _folder.File("out"));
        Assert.Equal(2, code);
        Assert.Contains("a.png", error);
    }

    private async Task<(string Output, string Error)> Exits(int expected, params string[] arguments)
    {
        var (code, output, error) = await Imt.RunAsync(["translate", "--model", Model, "--device", "cpu", .. arguments]);
        Assert.True(code == expected, $"exit code {code}: {error}");
        return (output, error);
    }
}

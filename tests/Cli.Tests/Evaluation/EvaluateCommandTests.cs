using System.Text.Json;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Cli.Tests;

public sealed class EvaluateCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Fill(string name, params (string Name, byte Level)[] images)
    {
        var folder = Directory.CreateDirectory(_folder.File(name)).FullName;
        foreach (var (image, level) in images)
            ImageEncoder.Save(RgbImage.Filled(16, 16, level, level, level), Path.Combine(folder, image));
        return folder;
    }

    [Fact]
    public async Task Folders_are_matched_by_name_and_scored()
    {
        string translated = Fill("t", ("a.png", 10), ("b.png", 30)),
            target = Fill("r", ("a.png", 0), ("b.png", 0), ("c.png", 9));
        var (code, output, error) = await Imt.RunAsync(
            "evaluate",
            "--translated",
            translated,
            "--target",
            target,
            "--report",
            _folder.File("r.html"),
            "--json",
            _folder.File("r.json")
        );
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("L1 (0..255)        20.000", output);
        var json = JsonDocument.Parse(File.ReadAllText(_folder.File("r.json"))).RootElement;
        Assert.Equal(20, json.GetProperty("l1").GetDouble());
        Assert.Equal(30, json.GetProperty("perPicture")[1].GetProperty("l1").GetDouble());
        Assert.Contains("data:image/png", File.ReadAllText(_folder.File("r.html")));
    }

    [Fact]
    public async Task Mistakes_are_named()
    {
        string translated = Fill("t", ("a.png", 10)),
            target = Fill("r", ("b.png", 0));
        Assert.Contains(
            "has no target of the same name",
            (await Imt.RunAsync("evaluate", "--translated", translated, "--target", target)).Error
        );
        Assert.Contains("--target is missing", (await Imt.RunAsync("evaluate", "--translated", translated)).Error);
        Assert.Contains(
            "--features FILE.onnx",
            (await Imt.RunAsync("evaluate", "--translated", translated, "--target", target, "--unpaired")).Error
        );
        Assert.Contains(
            "--segmentation needs --palette",
            (
                await Imt.RunAsync(
                    "evaluate",
                    "--translated",
                    translated,
                    "--target",
                    target,
                    "--segmentation",
                    "x.onnx"
                )
            ).Error
        );
        Assert.Contains("no run folder", (await Imt.RunAsync("evaluate", _folder.Path)).Error);
        Assert.Equal(
            2,
            (await Imt.RunAsync("evaluate", "--model", _folder.File("none.onnx"), "--data", target)).ExitCode
        );
    }

    [Fact]
    public async Task A_study_is_one_page()
    {
        string real = Fill("r", ("a.png", 10)),
            fake = Fill("f", ("b.png", 0));
        var (code, output, _) = await Imt.RunAsync(
            "study",
            "--real",
            real,
            "--fake",
            fake,
            "--output",
            _folder.File("s.html"),
            "--trials",
            "4",
            "--practice",
            "0",
            "--title",
            "Maps"
        );
        Assert.Equal((0, $"2 images are in {_folder.File("s.html")}"), (code, output.Trim()));
        Assert.Contains("<title>Maps</title>", File.ReadAllText(_folder.File("s.html")));
        Assert.Equal(
            2,
            (
                await Imt.RunAsync(
                    "study",
                    "--real",
                    real,
                    "--fake",
                    fake,
                    "--output",
                    _folder.File("s.html"),
                    "--trials",
                    "0"
                )
            ).ExitCode
        );
    }
}

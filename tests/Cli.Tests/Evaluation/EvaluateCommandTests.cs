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
        Assert.Contains(
            "2 images are used; left out: 1 image without a partner of the same name (such as 'c.png')",
            output
        );
        Assert.Contains("L1 (0..255)        20.000", output);
        var json = JsonDocument.Parse(File.ReadAllText(_folder.File("r.json"))).RootElement;
        Assert.Equal(20, json.GetProperty("l1").GetDouble());
        Assert.Equal(30, json.GetProperty("perPicture")[1].GetProperty("l1").GetDouble());
        var page = File.ReadAllText(_folder.File("r.html"));
        Assert.Contains("<h3>a</h3><span>L1 10.00</span>", page);
        Assert.Contains("<h3>b</h3><span>L1 30.00</span>", page);
        Assert.Equal(4, Directory.GetFiles(_folder.File("r_files")).Length);
    }

    [Fact]
    public async Task A_model_of_other_origin_takes_the_options_of_translate()
    {
        // The same graph without a card is somebody else's model.
        var bytes = File.ReadAllBytes(SmallModel.SaveFeatures(_folder.File("own.onnx")));
        bytes[bytes.AsSpan().IndexOf("imt.model_card"u8)] = (byte)'x';
        var model = _folder.File("foreign.onnx");
        File.WriteAllBytes(model, bytes);
        Fill("data/valA", ("a.png", 10), ("b.png", 30));
        Fill("data/valB", ("a.png", 0), ("b.png", 0));
        string[] evaluate = ["evaluate", "--model", model, "--data", _folder.File("data")];
        var (code, _, error) = await Imt.RunAsync(evaluate);
        Assert.Equal(2, code);
        Assert.Contains("--pixel-range", error);
        foreach (var range in new[] { "0..1", "-1..1" })
        {
            var scores = _folder.File($"scores{range}.json");
            Assert.Equal(0, (await Imt.RunAsync([.. evaluate, $"--pixel-range={range}", "--json", scores])).ExitCode);
            var translated = _folder.File("translated" + range);
            Assert.Equal(
                0,
                (
                    await Imt.RunAsync(
                        "translate",
                        "--model",
                        model,
                        "--input",
                        _folder.File("data/valA"),
                        "--output",
                        translated,
                        $"--pixel-range={range}"
                    )
                ).ExitCode
            );
            var expected = ImageScores.Of(ImageDecoder.Decode(Path.Combine(translated, "a.png")), new(16, 16));
            Assert.Equal(
                expected.L1,
                JsonDocument
                    .Parse(File.ReadAllText(scores))
                    .RootElement.GetProperty("perPicture")[0]
                    .GetProperty("l1")
                    .GetDouble(),
                1e-9
            );
        }
    }

    [Fact]
    public async Task Two_sets_of_a_folder_are_shown_and_compared_by_features()
    {
        Fill("data/testA", ("a.png", 10), ("b.png", 30));
        Fill("data/testB", ("x.png", 0), ("y.png", 99), ("z.png", 50));
        string[] evaluate =
        [
            "evaluate",
            "--model",
            SmallModel.Save(_folder.File("m.onnx")),
            "--data",
            _folder.File("data"),
        ];
        Assert.Contains("--features FILE.onnx", (await Imt.RunAsync(evaluate)).Error);
        Assert.Contains("--palette", (await Imt.RunAsync([.. evaluate, "--palette", PaletteFile()])).Error);
        var (code, output, error) = await Imt.RunAsync([
            .. evaluate,
            "--features",
            SmallModel.SaveFeatures(_folder.File("features.onnx")),
            "--report",
            _folder.File("r.html"),
        ]);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("2 translated, 3 targets", output);
        var page = File.ReadAllText(_folder.File("r.html"));
        Assert.Contains("Fr&#233;chet distance", page);
        Assert.Contains("<h3>a.png</h3>", page);
        Assert.Equal(4, Directory.GetFiles(_folder.File("r_files")).Length);
    }

    [Fact]
    public async Task A_failure_of_a_model_is_reported_as_the_models()
    {
        Assert.SkipWhen(PythonOracle.WhyMissing("onnx") is not null, PythonOracle.WhyMissing("onnx") ?? "");
        // Reads a table at the brightest value: black images work, others end beyond the table.
        PythonOracle.Run(
            """
            import sys, onnx
            from onnx import helper as h, TensorProto as T
            sides = lambda n: h.make_tensor_value_info(n, T.FLOAT, ['n', 3, 'h', 'w'])
            graph = h.make_graph([
                h.make_node('ReduceMax', ['x'], ['m'], keepdims=0),
                h.make_node('Cast', ['m'], ['i'], to=T.INT64),
                h.make_node('Gather', ['table', 'i'], ['zero']),
                h.make_node('Add', ['x', 'zero'], ['y'])], 'm', [sides('x')], [sides('y')],
                [h.make_tensor('table', T.FLOAT, [1], [0.0])])
            model = h.make_model(graph, opset_imports=[h.make_opsetid('', 13)])
            model.ir_version = 7
            onnx.save(model, sys.argv[1])
            """,
            _folder.File("fails.onnx")
        );
        Fill("data/valA", ("a.png", 10));
        Fill("data/valB", ("a.png", 0));
        var (code, _, error) = await Imt.RunAsync(
            "evaluate",
            "--model",
            _folder.File("fails.onnx"),
            "--data",
            _folder.File("data"),
            "--pixel-range",
            "0..255",
            "--report",
            _folder.File("r.html")
        );
        Assert.Equal(2, code);
        Assert.Contains("Model 'fails.onnx' could not translate", error);
        Assert.Contains("a.png", error);
        Assert.False(File.Exists(_folder.File("r.html")));
        Assert.Empty(Directory.GetDirectories(_folder.Path, "r_files*"));

        (code, _, error) = await Imt.RunAsync(
            "evaluate",
            "--translated",
            _folder.File("data/valA"),
            "--target",
            _folder.File("data/valA"),
            "--features",
            _folder.File("fails.onnx"),
            "--features-range",
            "0..255"
        );
        Assert.Equal(2, code);
        Assert.Contains("fails.onnx' failed", error);
    }

    private string PaletteFile()
    {
        File.WriteAllText(_folder.File("palette.txt"), "0 0 0 black");
        return _folder.File("palette.txt");
    }

    [Theory]
    [InlineData("--pixel-range", "0..1")]
    [InlineData("--direction", "BtoA")]
    [InlineData("--limit", "2")]
    [InlineData("--by", "ssim")]
    public async Task Options_without_effect_are_refused(string option, string value)
    {
        string folder = Fill("t", ("a.png", 10));
        var (code, _, error) = await Imt.RunAsync(
            "evaluate",
            "--translated",
            folder,
            "--target",
            folder,
            option,
            value
        );
        Assert.Equal(2, code);
        Assert.Contains($"{option} has no effect here", error);
    }

    [Fact]
    public async Task Mistakes_are_named()
    {
        string translated = Fill("t", ("a.png", 10)),
            target = Fill("r", ("b.png", 0));
        Assert.Contains(
            "has no partner of the same name",
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
        Assert.Contains("not a run folder", (await Imt.RunAsync("evaluate", _folder.Path)).Error);
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

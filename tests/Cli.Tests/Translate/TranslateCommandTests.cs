using System.Globalization;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.TestSupport;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Cli.Tests;

public sealed class TranslateCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TranslateCommandTests()
    {
        SmallModel.Save(Model);
        Directory.CreateDirectory(_folder.File("in/sub"));
        ImageEncoder.Save(RgbImage.Filled(9, 5, 200, 20, 90), _folder.File("in/a.png"));
        ImageEncoder.Save(RgbImage.Filled(7, 7, 10, 220, 90), _folder.File("in/sub/b.jpg"));
    }

    private string Model => _folder.File("model.onnx");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_image_is_translated_into_a_file_or_a_folder()
    {
        using var engine = new TranslationEngine(Model);
        var expected = engine.Translate(ImageDecoder.Decode(_folder.File("in/a.png"))).Pixels;
        await Exits(0, "--input", _folder.File("in/a.png"), "--output", _folder.File("made/a.png"));
        Assert.Equal(expected, ImageDecoder.Decode(_folder.File("made/a.png")).Pixels);
        await Exits(0, "--input", _folder.File("in/a.png"), "--output", _folder.File("made") + "/", "--format", "webp");
        Assert.Equal(expected, ImageDecoder.Decode(_folder.File("made/a.webp")).Pixels);
    }

    [Fact]
    public async Task Alpha_is_kept_where_it_is_asked_for()
    {
        byte[] alpha = [.. Enumerable.Range(0, 9 * 5).Select(i => (byte)(i * 5))];
        string source = _folder.File("glass.png");
        ImageEncoder.Save(RgbImage.Filled(9, 5, 200, 20, 90).WithAlpha(alpha), source);
        var keep = new ImageDecoderOptions { KeepAlpha = true };
        await Exits(0, "--input", source, "--output", _folder.File("kept.webp"), "--alpha", "keep");
        Assert.Equal(alpha, ImageDecoder.Decode(_folder.File("kept.webp"), keep).Alpha);
        await Exits(0, "--input", source, "--output", _folder.File("dropped.png"));
        Assert.Null(ImageDecoder.Decode(_folder.File("dropped.png"), keep).Alpha);
        var (_, error) = await Exits(2, "--input", source, "--output", _folder.File("no.jpg"), "--alpha", "keep");
        Assert.Contains("--alpha keep needs a format with alpha", error);
        Assert.False(File.Exists(_folder.File("no.jpg")));
    }

    [Fact]
    public async Task Samples_of_16_bits_are_scaled_by_the_range_that_is_said()
    {
        string? why = PythonOracle.WhyMissing("tifffile", "numpy");
        Assert.SkipWhen(why is not null, why ?? "");
        string source = _folder.File("sensor.tif"),
            output = _folder.File("sensor-out.tif");
        PythonOracle.Run(
            """
            import sys, numpy as np, tifffile
            tifffile.imwrite(sys.argv[1], np.full((2, 8, 8), 2048, np.uint16), photometric='minisblack', metadata=None)
            """,
            source
        );
        var (_, error) = await Exits(2, "--input", source, "--output", output);
        Assert.Contains("--value-range", error);
        (_, error) = await Exits(0, "--input", source, "--output", output, "--value-range", "0..4095");
        Assert.Contains("holds several images; the first is translated", error);
        using var engine = new TranslationEngine(Model);
        Assert.Equal(engine.Translate(RgbImage.Filled(8, 8, 128, 128, 128)).Pixels, ImageDecoder.Decode(output).Pixels);
        (_, error) = await Exits(2, "--input", source, "--output", output, "--value-range", "9..9");
        Assert.Contains("black below white", error);
    }

    [Theory]
    [InlineData("scan.tif", "clean.tif", 4095)]
    [InlineData("scan.tif", "clean.png", 65535)]
    public async Task Bits_are_kept_from_file_to_file(string from, string to, int white)
    {
        string? why = PythonOracle.WhyMissing("tifffile", "numpy", "onnx");
        Assert.SkipWhen(why is not null, why ?? "");
        // tifffile reads what was written; a PNG is made a TIFF first, by what the tests of the decoder have checked.
        PythonOracle.Run(
            """
            import sys, numpy as np, onnx, tifffile
            from onnx import TensorProto as T, helper as h, numpy_helper as n
            folder, white = sys.argv[1], int(sys.argv[3])
            tifffile.imwrite(f'{folder}/{sys.argv[2]}', np.random.RandomState(1).randint(0, white + 1, (13, 21, 3)).astype(np.uint16), photometric='rgb', metadata=None)
            def save(name, nodes, weights={}):
                x, y = (h.make_tensor_value_info(v, T.FLOAT, ['N', 3, 'H', 'W']) for v in 'xy')
                graph = h.make_graph(nodes, name, [x], [y], [n.from_array(np.float32(v), k) for k, v in weights.items()])
                onnx.save(h.make_model(graph, opset_imports=[h.make_opsetid('', 13)], ir_version=7), f'{folder}/{name}.onnx')
            save('same', [h.make_node('Identity', ['x'], ['y'])])
            save('affine', [h.make_node('Mul', ['x', 'a'], ['t']), h.make_node('Add', ['t', 'b'], ['y'])], dict(a=0.5, b=0.1))
            """,
            _folder.Path,
            from,
            white.ToString(CultureInfo.InvariantCulture)
        );
        foreach (string model in (string[])["same", "affine"])
        {
            string written = _folder.File(to);
            var (exit, _, error) = await Imt.RunAsync([
                "translate",
                "--model",
                _folder.File(model + ".onnx"),
                "--device",
                "cpu",
                "--pixel-range",
                "0..1",
                "--input",
                _folder.File(from),
                "--output",
                written,
                "--bit-depth",
                "16",
                "--value-range",
                $"0..{white}",
            ]);
            Assert.True(exit == 0, error);
            if (to.EndsWith(".png", StringComparison.Ordinal))
            {
                var plain = new ImageDecoderOptions { ValueRange = (0, 65535) };
                ImageEncoder.Save(ImageDecoder.DecodeWide(written, plain), written = _folder.File("again.tif"));
            }
            string difference = PythonOracle.Run(
                """
                import sys, numpy as np, tifffile
                x, y = (tifffile.imread(f).astype(np.float64) for f in sys.argv[1:3]); white = int(sys.argv[3])
                e = x if sys.argv[4] == 'same' else (0.5 * x / white + 0.1) * white
                print(np.abs(y - e).max())
                """,
                _folder.File(from),
                written,
                white.ToString(CultureInfo.InvariantCulture),
                model
            );
            // In a smaller range, half a level of 65536 may tip the rounding.
            double half = white == 65535 ? 0.505 : 0.54;
            Assert.InRange(double.Parse(difference, CultureInfo.InvariantCulture), 0, model == "same" ? 0 : half);
        }
    }

    [Fact]
    public async Task What_cannot_keep_16_bits_is_refused_before_the_work()
    {
        string source = _folder.File("in/a.png");
        foreach (
            var (expected, arguments) in ((string, string[])[])
                [
                    ("needs png or tif", ["--output", _folder.File("no.webp")]),
                    ("needs png or tif", ["--output", _folder.Path + "/", "--format", "jpg"]),
                    ("--alpha keep", ["--output", _folder.File("no.png"), "--alpha", "keep"]),
                    ("Must be one of", ["--output", _folder.File("no.png"), "--bit-depth", "12"]),
                ]
        )
        {
            string[] depth = arguments.Contains("--bit-depth") ? [] : ["--bit-depth", "16"];
            var (_, error) = await Exits(2, ["--input", source, .. arguments, .. depth]);
            Assert.Contains(expected, error);
        }
        string input = _folder.File("in"),
            output = _folder.File("none");
        var (_, message) = await Exits(
            2,
            ["--input", input, "--output", output, "--bit-depth", "16", "--report-html", _folder.File("page.html")]
        );
        Assert.Contains("--report-html", message);
        Assert.False(Directory.Exists(output));
    }

    [Fact]
    public async Task A_folder_is_translated_with_its_tree_and_a_report()
    {
        File.WriteAllText(_folder.File("in/scan.gif"), "");
        var (output, error) = await Exits(
            0,
            "--input",
            _folder.File("in"),
            "--output",
            _folder.File("out"),
            "--report",
            _folder.File("report.jsonl")
        );
        Assert.Contains("2 of 2 images translated", output);
        Assert.Contains("Left out: 1 file of other extensions (such as 'scan.gif').", error);
        Assert.True(File.Exists(_folder.File("out/sub/b.png")));
        Assert.Equal(2, File.ReadLines(_folder.File("report.jsonl")).Count());
        (output, _) = await Exits(0, "--input", _folder.File("in"), "--output", _folder.File("out"), "--resume");
        Assert.Contains("2 were there already", output);
    }

    [Fact]
    public async Task A_page_shows_every_image_of_a_folder_beside_its_translation()
    {
        string page = _folder.File("pages/report.html");
        string[] folders = ["--input", _folder.File("in"), "--output", _folder.File("out"), "--report-html", page];
        foreach (string[] more in new string[][] { [], ["--resume"] })
        {
            await Exits(0, [.. folders, .. more]);
            string html = File.ReadAllText(page);
            foreach (string file in new[] { "../in/a.png", "../out/a.png", "../in/sub/b.jpg", "../out/sub/b.png" })
            {
                Assert.Contains($"src=\"{file}\"", html);
            }
        }

        await Exits(0, [.. folders, "--format", "tif"]);
        string copies = File.ReadAllText(page);
        Assert.Contains("href=\"../out/a.tif\"", copies);
        Assert.DoesNotContain("src=\"../out/a.tif\"", copies);
        Assert.Equal(
            ImageDecoder.Decode(_folder.File("out/a.tif")).Pixels,
            ImageDecoder
                .Decode(Assert.Single(Directory.GetFiles(_folder.File("pages/report_files"), "*1-1.png")))
                .Pixels
        );

        var (_, error) = await Exits(
            2,
            "--input",
            _folder.File("in/a.png"),
            "--output",
            "b.png",
            "--report-html",
            page
        );
        Assert.Contains("--report-html is for folders", error);
    }

    [Fact]
    public async Task Bad_images_are_a_failure_unless_it_was_said_that_they_are_skipped()
    {
        File.WriteAllText(_folder.File("in/bad.jpg"), "text");
        string[] folders = ["--input", _folder.File("in"), "--output", _folder.File("out")];
        foreach (var (code, policy) in new[] { (1, Array.Empty<string>()), (0, ["--on-bad-image", "skip"]) })
        {
            var (output, error) = await Exits(code, [.. folders, .. policy, "--report", _folder.File("report.jsonl")]);
            Assert.Contains("2 of 3 images translated, 1 bad", output);
            Assert.Contains("see " + _folder.File("report.jsonl"), output);
            Assert.Contains("'bad.jpg' cannot be read", error);
        }
        Directory.Delete(_folder.File("out"), recursive: true);
        var stopped = await Exits(2, [.. folders, "--on-bad-image", "fail", "--workers", "1"]);
        Assert.Contains("'bad.jpg' cannot be read", stopped.Error);
        Assert.Equal("", stopped.Output);
        Assert.False(File.Exists(_folder.File("out/sub/b.png")));
    }

    [Fact]
    public async Task A_folder_without_images_is_a_mistake_and_an_empty_share_is_none()
    {
        Directory.CreateDirectory(_folder.File("nothing"));
        Assert.Contains(
            "holds no images",
            (await Exits(2, "--input", _folder.File("nothing"), "--output", _folder.File("out"))).Error
        );
        Assert.Contains(
            "files like *.bmp",
            (await Exits(2, "--input", _folder.File("in"), "--output", _folder.File("out"), "--include", "*.bmp")).Error
        );
        Assert.Contains(
            "0 of 0",
            (
                await Exits(0, "--input", _folder.File("nothing"), "--output", _folder.File("out"), "--shard", "1/3")
            ).Output
        );
    }

    [Theory]
    [InlineData("no image", "--input", "nowhere.png", "--output", "a.png")]
    [InlineData("not a shard", "--input", "in", "--output", "out", "--shard", "4/4")]
    [InlineData("not a shard", "--input", "in", "--output", "out", "--shard", "-1/4")]
    [InlineData("not a shard", "--input", "in", "--output", "out", "--shard", "1")]
    [InlineData("not a shard", "--input", "in", "--output", "out", "--shard", "a/b")]
    [InlineData("not a shard", "--input", "in", "--output", "out", "--shard", "0/0")]
    [InlineData("not an image size", "--input", "in", "--output", "out", "--mode", "resize", "--size", "big")]
    [InlineData("--size is for --mode resize", "--input", "in", "--output", "out", "--size", "256")]
    [InlineData("cannot be written", "--input", "in/a.png", "--output", "a.gif")]
    [InlineData("--resume is for folders", "--input", "in/a.png", "--output", "a.png", "--resume")]
    [InlineData("same file", "--input", "in/a.png", "--output", "in/a.png")]
    [InlineData("so --output must be one", "--input", "in", "--output", "in/a.png")]
    [InlineData("is the name of an image", "--input", "in", "--output", "new.PNG")]
    [InlineData("contradict each other", "--input", "in/a.png", "--output", "a.png", "--format", "jpg")]
    [InlineData("--threads: expected at least 1, but got 0.", "--input", "in", "--output", "out", "--threads", "0")]
    [InlineData("--workers: expected at least 1, but got 0.", "--input", "in", "--output", "out", "--workers", "0")]
    [InlineData("--mean", "--input", "in/a.png", "--output", "a.png", "--mean", "x,y")]
    public async Task Mistakes_are_named(string message, params string[] arguments)
    {
        var (_, error) = await Exits(
            2,
            [
                .. arguments.Select(argument =>
                    argument is "in" or "in/a.png" or "out" or "a.gif" ? _folder.File(argument) : argument
                ),
            ]
        );
        Assert.Contains(message, error);
    }

    [Fact]
    public async Task Models_that_are_not_there_or_no_models_are_mistakes()
    {
        var (code, _, error) = await Imt.RunAsync(
            "translate",
            "--model",
            "nothing",
            "--input",
            _folder.File("in"),
            "--output",
            _folder.File("out")
        );
        Assert.Equal(2, code);
        Assert.Contains("'nothing'", error);
        (code, _, error) = await Imt.RunAsync(
            "translate",
            "--model",
            _folder.File("in/a.png"),
            "--input",
            _folder.File("in"),
            "--output",
            _folder.File("out")
        );
        Assert.Equal(2, code);
        Assert.Contains("a.png", error);
    }

    private async Task<(string Output, string Error)> Exits(int expected, params string[] arguments)
    {
        var (code, output, error) = await Imt.RunAsync([
            "translate",
            "--model",
            Model,
            "--device",
            "cpu",
            .. arguments,
        ]);
        Assert.True(code == expected, $"exit code {code}: {error}");
        return (output, error);
    }
}

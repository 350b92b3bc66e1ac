using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.TestSupport;
using MlNetImageTranslation.Trainer;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Cli.Tests;

public sealed class EvaluateRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Run => _folder.File("run");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("AtoB")]
    [InlineData("BtoA")]
    public async Task Every_snapshot_of_a_run_is_scored_as_the_trainer_validated_it(string direction)
    {
        string pairs = _folder.File("pairs");
        await Imt("data", "synthesize", "--output", pairs, "--train", "3", "--val", "2", "--size", "32");
        await Imt(
            "train",
            "pix2pix",
            "--data",
            pairs,
            "--output",
            Run,
            "--direction",
            direction,
            "--generator",
            "unet-32",
            "--ngf",
            "4",
            "--ndf",
            "4",
            "--discriminator-layers",
            "1",
            "--load-size",
            "32",
            "--crop-size",
            "32",
            "--epochs",
            "2",
            "--decay-epochs",
            "0",
            "--save-epoch-freq",
            "1",
            "--sample-every",
            "0",
            "--no-export"
        );

        string output = await Imt("evaluate", Run, "--by", "psnr", "--json", _folder.File("scores.json"));
        Assert.Contains("2 snapshots of generator on 2 pairs", output);
        var evaluation = Scores("generator");
        var scores = evaluation
            .GetProperty("snapshots")
            .EnumerateArray()
            .ToDictionary(
                s => s.GetProperty("epoch").GetString()!,
                s => (L1: s.GetProperty("l1").GetDouble(), Psnr: s.GetProperty("psnr").GetDouble())
            );
        Assert.Equal(["1", "2"], scores.Keys);
        Assert.Equal(scores.MaxBy(s => s.Value.Psnr).Key, evaluation.GetProperty("best").GetString());
        // The trainer's own validation is the oracle: torch there, the exported file here.
        foreach (
            var line in File.ReadLines(Path.Combine(Run, "validation.jsonl"))
                .Select(line => JsonDocument.Parse(line).RootElement)
        )
            Assert.Equal(line.GetProperty("l1").GetDouble(), scores[line.GetProperty("epoch").GetRawText()].L1, 0.05);
        Assert.Equal(
            File.ReadAllText(Path.Combine(Run, "evaluation.json")),
            File.ReadAllText(_folder.File("scores.json"))
        );
        Assert.Contains("--by frechet needs --features", await Mistake("evaluate", Run, "--by", "frechet"));
        File.WriteAllLines(_folder.File("palette.txt"), ["255 255 255 street", "176 212 248 water"]);
        Assert.Matches(
            @"epoch +2 .* pixel acc\. \d\.\d+  class acc\. \d\.\d+  class IoU \d\.\d+",
            await Imt("evaluate", Run, "--palette", _folder.File("palette.txt"))
        );
        await Imt("evaluate", Run, "--by", "psnr", "--report", _folder.File("r.html"));
        var page = File.ReadAllText(_folder.File("r.html"));
        Assert.Contains(
            $"generator, epoch {evaluation.GetProperty("best").GetString()}: the best snapshot by psnr",
            page
        );
        Assert.Equal(2, Regex.Count(page, "class=\"result\""));
        Assert.Equal(6, Directory.GetFiles(_folder.File("r_files")).Length);
        // The mean of the images shown is the score of the snapshot that was chosen.
        var shown = Regex
            .Matches(page, "data-scores=\"([^ ]*)")
            .Select(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));
        Assert.Equal(scores[evaluation.GetProperty("best").GetString()!].L1, shown.Average(), 1e-9);
    }

    [Fact]
    public async Task Both_generators_of_a_CycleGAN_run_are_scored_on_images_that_are_no_pairs()
    {
        foreach (var (side, count) in new[] { ("trainA", 2), ("trainB", 3), ("testA", 4), ("testB", 3) })
            for (int i = 0; i < count; i++)
            {
                var (aerial, map) = AerialMapSynthesizer.Create(i + 10 * side.Length, 32);
                ImageEncoder.Save(
                    side.EndsWith('A') ? aerial : map,
                    Path.Combine(Directory.CreateDirectory(_folder.File($"sets/{side}")).FullName, $"{side}-{i}.png")
                );
            }
        await Imt(
            "train",
            "cyclegan",
            "--data",
            _folder.File("sets"),
            "--output",
            Run,
            "--generator",
            "resnet-1",
            "--ngf",
            "4",
            "--ndf",
            "4",
            "--discriminator-layers",
            "1",
            "--load-size",
            "32",
            "--crop-size",
            "32",
            "--epochs",
            "2",
            "--decay-epochs",
            "0",
            "--save-epoch-freq",
            "1",
            "--sample-every",
            "0",
            "--no-export"
        );

        Assert.Contains("--features FILE.onnx", await Mistake("evaluate", Run));
        await Imt("evaluate", Run, "--report", _folder.File("r.html"));
        var page = File.ReadAllText(_folder.File("r.html"));
        // Four images of A and three of B, each with its translation and the way back.
        Assert.Equal(7, Regex.Count(page, "<figcaption>Cycle</figcaption>"));
        Assert.Equal(21, Directory.GetFiles(_folder.File("r_files")).Length);
        CheckCycle(page, "generator_ab", "testA-0.png");
        string[] features =
        [
            "--features",
            SmallModel.SaveFeatures(_folder.File("features.onnx")),
            "--features-size",
            "16",
        ];
        Assert.Contains("unpaired", await Mistake(["evaluate", Run, "--by", "ssim", .. features]));
        string output = await Imt(["evaluate", Run, .. features]);
        Assert.Contains("2 snapshots of generator_ab on 4 images, compared with 3 of the other kind", output);
        Assert.Contains("2 snapshots of generator_ba on 3 images, compared with 4 of the other kind", output);

        foreach (var (generator, from, to) in new[] { ("generator_ab", "A", "B"), ("generator_ba", "B", "A") })
        {
            var scores = Scores(generator);
            var distances = scores
                .GetProperty("snapshots")
                .EnumerateArray()
                .ToDictionary(s => s.GetProperty("epoch").GetString()!, s => s.GetProperty("frechet").GetDouble());
            Assert.Equal(["1", "2"], distances.Keys);
            Assert.Equal(distances.MinBy(d => d.Value).Key, scores.GetProperty("best").GetString());
            Assert.Contains($"--epoch {scores.GetProperty("best").GetString()} --generator {generator}", output);
            // By hand: export, translate, compare two folders.
            string model = _folder.File(generator + ".onnx"),
                translated = _folder.File(generator);
            await Imt("export", Run, "--epoch", "1", "--generator", generator, "--output", model);
            await Imt(
                "translate",
                "--model",
                model,
                "--input",
                _folder.File("sets/test" + from),
                "--output",
                translated
            );
            await Imt([
                "evaluate",
                "--unpaired",
                "--translated",
                translated,
                "--target",
                _folder.File("sets/test" + to),
                "--json",
                _folder.File("unpaired.json"),
                .. features,
            ]);
            Assert.Equal(
                JsonDocument
                    .Parse(File.ReadAllText(_folder.File("unpaired.json")))
                    .RootElement.GetProperty("frechet")
                    .GetDouble(),
                distances["1"],
                1e-9
            );
        }
    }

    [Fact]
    public async Task Images_of_the_same_names_are_pairs_unless_it_is_said_that_they_are_not()
    {
        foreach (var side in new[] { "trainA", "trainB" })
            for (int i = 0; i < 3; i++)
                ImageEncoder.Save(
                    AerialMapSynthesizer.Create(i, 32).Aerial,
                    Path.Combine(
                        Directory.CreateDirectory(_folder.File($"data/{side}")).FullName,
                        string.Create(CultureInfo.InvariantCulture, $"{i}.png")
                    )
                );
        await Imt(
            "train",
            "cyclegan",
            "--data",
            _folder.File("data"),
            "--output",
            Run,
            "--generator",
            "resnet-1",
            "--ngf",
            "2",
            "--ndf",
            "2",
            "--discriminator-layers",
            "1",
            "--load-size",
            "32",
            "--crop-size",
            "32",
            "--epochs",
            "1",
            "--decay-epochs",
            "0",
            "--sample-every",
            "0",
            "--no-export"
        );
        Assert.Contains("on 3 pairs", await Imt("evaluate", Run));
        string output = await Imt(
            "evaluate",
            Run,
            "--unpaired",
            "--limit",
            "2",
            "--features",
            SmallModel.SaveFeatures(_folder.File("features.onnx"))
        );
        Assert.Contains("on 2 images, compared with 3 of the other kind", output);
        Assert.Contains(
            "at least 2 images",
            await Mistake("evaluate", Run, "--unpaired", "--limit", "1", "--features", _folder.File("features.onnx"))
        );
    }

    // The cycle that is shown is what both exported generators make of the source.
    private void CheckCycle(string page, string generator, string name)
    {
        string forward = _folder.File("forward.onnx"),
            back = _folder.File("back.onnx");
        new RunFolder(Run).Export(forward, "2", generator: generator);
        new RunFolder(Run).Export(back, "2", generator: "generator_ba");
        using var first = new TranslationEngine(forward);
        using var second = new TranslationEngine(back);
        var expected = second.Translate(first.Translate(ImageDecoder.Decode(_folder.File("sets/testA/" + name))));
        var entry = page[page.IndexOf($"<h3>{name}</h3>", StringComparison.Ordinal)..];
        var cycle = Regex.Matches(entry, "src=\"([^\"]*)\"")[2].Groups[1].Value;
        Assert.Equal(expected.Pixels, ImageDecoder.Decode(_folder.File(cycle)).Pixels);
    }

    private JsonElement Scores(string generator) =>
        JsonDocument
            .Parse(File.ReadAllText(Path.Combine(Run, "evaluation.json")))
            .RootElement.GetProperty("generators")
            .GetProperty(generator);

    private static async Task<string> Imt(params string[] arguments)
    {
        var (code, output, error) = await Tests.Imt.RunAsync(arguments);
        Assert.True(code == 0, $"imt {string.Join(' ', arguments)}: {error}");
        return output;
    }

    private static async Task<string> Mistake(params string[] arguments)
    {
        var (code, _, error) = await Tests.Imt.RunAsync(arguments);
        Assert.Equal(2, code);
        return error;
    }
}

using System.Text.Json;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Cli.Tests;

public sealed class CoGanCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public CoGanCommandTests()
    {
        foreach (string set in new[] { "a", "b" })
        {
            string path = Directory.CreateDirectory(_folder.File(set)).FullName;
            for (int i = 0; i < 3; i++)
            {
                var image = new RgbImage(16, 16);
                for (int k = 0; k < image.Pixels.Length; k++)
                    image.Pixels[k] = (byte)(127 + 100 * Math.Sin(0.01 * k * (i + 6 + set[0] - 'a')));
                ImageEncoder.Save(image, Path.Combine(path, $"{i}.png"));
            }
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task CoGAN_trains_and_resumes_and_says_why_it_is_not_exported()
    {
        string run = _folder.File("run");
        var (code, _, error) = await Train("--search-steps", "3", "--search-starts", "2", "--search-rate", "0.1");
        Assert.Equal((0, ""), (code, error));
        Assert.Empty(Directory.GetFiles(run, "*.onnx"));
        var recorded = JsonDocument.Parse(File.ReadAllText(_folder.File("run/options.json"))).RootElement;
        Assert.Equal("cogan", recorded.GetProperty("trainer").GetString());
        var options = recorded.GetProperty("options");
        Assert.Equal(
            (5, 2, 1, 3, 2, 0.1, "least-squares"),
            (
                options.GetProperty("noiseSize").GetInt32(),
                options.GetProperty("ownGeneratorLayers").GetInt32(),
                options.GetProperty("ownDiscriminatorLayers").GetInt32(),
                options.GetProperty("searchSteps").GetInt32(),
                options.GetProperty("searchStarts").GetInt32(),
                options.GetProperty("searchRate").GetDouble(),
                options.GetProperty("objective").GetString()
            )
        );

        var (resumed, output, _) = await Imt.RunAsync("train", "cogan", "--output", run, "--resume");
        Assert.Equal(0, resumed);
        Assert.Contains("finished already", output);

        var (exported, _, reason) = await Imt.RunAsync("export", run, "--output", _folder.File("m.onnx"));
        Assert.Equal(2, exported);
        Assert.Contains("cannot be exported", reason);
        Assert.False(File.Exists(_folder.File("m.onnx")));
    }

    [Fact]
    public async Task A_run_of_CoGAN_translates_in_place_of_a_model()
    {
        string run = _folder.File("run");
        Assert.Equal(0, (await Train("--search-steps", "3", "--search-starts", "2")).Code);
        Directory.CreateDirectory(_folder.File("b/x"));
        ImageEncoder.Save(RgbImage.Filled(40, 24, 200, 30, 90), _folder.File("b/x/other.png"));

        var (code, output, error) = await Imt.RunAsync(
            "translate",
            "--model",
            run,
            "--direction",
            "BtoA",
            "--input",
            _folder.File("b"),
            "--output",
            _folder.File("out")
        );

        Assert.Equal((0, ""), (code, error));
        Assert.Contains("4 images translated at 16x16", output);
        using var translator = Trainer.CoGanTranslator.Load(run);
        string[] names = ["0", "1", "2"];
        var expected = translator.Translate(
            [.. names.Select(name => ImageDecoder.Decode(_folder.File($"b/{name}.png")))],
            Trainer.TranslationDirection.BtoA
        );
        foreach (var (name, image) in names.Zip(expected))
            Assert.Equal(image.Pixels, ImageDecoder.Decode(_folder.File($"out/{name}.png")).Pixels);
        Assert.Equal("16x16", ImageDecoder.Decode(_folder.File("out/x/other.png")).Size);

        var (refused, _, reason) = await Imt.RunAsync(
            "translate",
            "--model",
            run,
            "--input",
            _folder.File("b"),
            "--output",
            _folder.File("out"),
            "--resume"
        );
        Assert.Equal(2, refused);
        Assert.Contains("--resume has no effect", reason);
    }

    [Fact]
    public async Task Evaluating_a_run_of_CoGAN_says_first_that_it_cannot_be()
    {
        string run = _folder.File("run");
        Assert.Equal(0, (await Train("--search-steps", "1")).Code);
        foreach (string[] more in new string[][] { [], ["--by", "frechet"], ["--unpaired"] })
        {
            var (code, output, error) = await Imt.RunAsync(["evaluate", run, .. more]);
            Assert.Equal((2, ""), (code, output));
            Assert.Contains("no generator from image to image", error);
            Assert.DoesNotContain("--features", error);
        }
    }

    [Theory]
    [InlineData("--crop-size: expected a square whose side is a power of two", "--crop-size", "17")]
    [InlineData("--own-discriminator-layers: expected 1 to 2 of the 3 layers", "--own-discriminator-layers", "3")]
    [InlineData("--gan-mode: expected Vanilla", "--gan-mode", "wgangp")]
    [InlineData("--search-rate: expected a number above 0", "--search-rate", "0")]
    public async Task Wrong_options_are_named(string message, params string[] arguments)
    {
        var (code, _, error) = await Train(arguments);
        Assert.Equal(2, code);
        Assert.Contains(message, error, StringComparison.OrdinalIgnoreCase);
    }

    private Task<(int Code, string Output, string Error)> Train(params string[] more)
    {
        List<string> arguments =
        [
            "train",
            "cogan",
            "--data-a",
            _folder.File("a"),
            "--data-b",
            _folder.File("b"),
            "--output",
            _folder.File("run"),
            "--noise-size",
            "5",
            "--ngf",
            "4",
            "--ndf",
            "4",
            "--own-generator-layers",
            "2",
            "--load-size",
            "18",
            "--batch-size",
            "2",
            "--epochs",
            "1",
            "--decay-epochs",
            "0",
            "--device",
            "cpu",
        ];
        foreach (var (name, value) in new[] { ("--crop-size", "16"), ("--gan-mode", "lsgan") })
            if (!more.Contains(name))
                arguments.AddRange([name, value]);
        return Imt.RunAsync([.. arguments, .. more]);
    }
}

using System.Text.Json;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Cli.Tests;

public sealed class OneSidedCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public OneSidedCommandTests()
    {
        foreach (string set in new[] { "trainA", "trainB" })
        {
            string path = Directory.CreateDirectory(_folder.File($"data/{set}")).FullName;
            for (int i = 0; i < 3; i++)
            {
                var image = new RgbImage(20, 20);
                for (int k = 0; k < image.Pixels.Length; k++)
                    image.Pixels[k] = (byte)(127 + 100 * Math.Sin(0.01 * k * (i + set.Length + set[^1] - 'A')));
                ImageEncoder.Save(image, Path.Combine(path, $"{i}.png"));
            }
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task CUT_trains_by_the_references_names_and_is_exported()
    {
        var options = await Train(
            "cut",
            "--nce_layers",
            "0,4,8",
            "--num_patches",
            "7",
            "--netF_nc",
            "8",
            "--nce_T",
            "0.1",
            "--lambda_NCE",
            "2",
            "--lambda_GAN",
            "0.5",
            "--nce_idt",
            "false",
            "--flip_equivariance",
            "true"
        );
        Assert.Equal("cut", options.GetProperty("trainer").GetString());
        var recorded = options.GetProperty("options");
        Assert.Equal("[0,4,8]", JsonSerializer.Serialize(recorded.GetProperty("contrastLayers")));
        Assert.Equal(
            (7, 8, 0.1, 2, 0.5, false, true),
            (
                recorded.GetProperty("patches").GetInt32(),
                recorded.GetProperty("projectionFilters").GetInt32(),
                recorded.GetProperty("temperature").GetDouble(),
                recorded.GetProperty("contrastWeight").GetDouble(),
                recorded.GetProperty("adversarialWeight").GetDouble(),
                recorded.GetProperty("identityContrast").GetBoolean(),
                recorded.GetProperty("mirrorEquivariance").GetBoolean()
            )
        );
        var (code, output, error) = await Imt.RunAsync(
            "export",
            _folder.File("run"),
            "--output",
            _folder.File("m.onnx")
        );
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("largest error", output);
    }

    [Fact]
    public async Task FastCUT_is_CUT_with_other_defaults()
    {
        var recorded = (await Train("fastcut", "--nce-layers", "0,4")).GetProperty("options");
        Assert.Equal(10, recorded.GetProperty("contrastWeight").GetDouble());
        Assert.False(recorded.GetProperty("identityContrast").GetBoolean());
        Assert.True(recorded.GetProperty("mirrorEquivariance").GetBoolean());
        // A run that goes on has its options from its folder, under either name.
        var (code, output, error) = await Imt.RunAsync("train", "cut", "--output", _folder.File("run"), "--resume");
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("finished already", output);
        (code, output, error) = await Imt.RunAsync("onnx", "check", _folder.File("run/model.onnx"));
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("trainer cut, recipe fastcut", output);
    }

    [Fact]
    public async Task SimGAN_trains()
    {
        var options = await Train("simgan", "--lambda-self", "4", "--pool-size", "2");
        Assert.Equal("simgan", options.GetProperty("trainer").GetString());
        Assert.Equal(4, options.GetProperty("options").GetProperty("selfRegularizationWeight").GetDouble());
    }

    [Theory]
    [InlineData("--vgg: expected a file", "feature-gan")]
    [InlineData("--nce-layers: expected numbers", "cut", "--nce-layers", "0,four")]
    [InlineData("layer 99", "cut", "--nce-layers", "99")]
    [InlineData("--temperature: expected a number above 0", "cut", "--temperature", "0")]
    [InlineData("--output-channels: expected 3", "simgan", "--output-channels", "1")]
    public async Task Wrong_options_are_named(string message, params string[] arguments)
    {
        var (code, _, error) = await Imt.RunAsync([
            "train",
            .. arguments,
            "--data",
            _folder.File("data"),
            "--output",
            _folder.File("run"),
        ]);
        Assert.Equal(2, code);
        Assert.Contains(message, error);
    }

    private async Task<JsonElement> Train(string method, params string[] more)
    {
        var (code, _, error) = await Imt.RunAsync([
            "train",
            method,
            "--data",
            _folder.File("data"),
            "--output",
            _folder.File("run"),
            "--netG",
            "resnet_1blocks",
            "--ngf",
            "4",
            "--ndf",
            "4",
            "--n_layers_D",
            "1",
            "--load_size",
            "18",
            "--crop_size",
            "16",
            "--n_epochs",
            "1",
            "--n_epochs_decay",
            "0",
            "--print_freq",
            "1",
            "--device",
            "cpu",
            .. more,
        ]);
        Assert.Equal((0, ""), (code, error));
        Assert.True(File.Exists(_folder.File("run/model.onnx")));
        return JsonDocument.Parse(File.ReadAllText(_folder.File("run/options.json"))).RootElement;
    }
}

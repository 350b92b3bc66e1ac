using System.Text.Json;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Cli.Tests;

public sealed class BiGanCommandTests
{
    [Fact]
    public async Task BiGAN_trains_resumes_and_exports_both_directions()
    {
        using var folder = new TemporaryFolder();
        for (int i = 0; i < 3; i++)
        {
            foreach (string set in new[] { "trainA", "trainB" })
            {
                var image = new RgbImage(16, 16);
                for (int k = 0; k < image.Pixels.Length; k++)
                    image.Pixels[k] = (byte)(127 + 100 * Math.Sin(0.01 * k * (i + 6 + set[^1] - 'A')));
                string path = Directory.CreateDirectory(folder.File($"data/{set}")).FullName;
                ImageEncoder.Save(image, Path.Combine(path, $"{i}.png"));
            }
        }
        string run = folder.File("run");
        string[] small = ["--ngf", "4", "--ndf", "4", "--n_layers_D", "1", "--load-size", "16", "--crop-size", "16"];
        string[] options = ["--netG", "resnet_1blocks", "--epochs", "1", "--decay-epochs", "0", "--device", "cpu"];
        var (code, _, error) = await Imt.RunAsync([
            "train",
            "bigan",
            "--data",
            folder.File("data"),
            "--output",
            run,
            "--pool-size",
            "2",
            .. small,
            .. options,
        ]);
        Assert.Equal((0, ""), (code, error));
        Assert.True(File.Exists(folder.File("run/model_ab.onnx")));
        var recorded = JsonDocument.Parse(File.ReadAllText(folder.File("run/options.json"))).RootElement;
        Assert.Equal("bigan", recorded.GetProperty("trainer").GetString());
        Assert.Equal(2, recorded.GetProperty("options").GetProperty("poolSize").GetInt32());

        var (resumed, output, _) = await Imt.RunAsync("train", "bigan", "--output", run, "--resume");
        Assert.Equal(0, resumed);
        Assert.Contains("finished already", output);

        string model = folder.File("m.onnx");
        var (exported, _, _) = await Imt.RunAsync("export", run, "--output", model, "--generator", "generator_ba");
        Assert.Equal(0, exported);
        Assert.True(File.Exists(model));
    }
}

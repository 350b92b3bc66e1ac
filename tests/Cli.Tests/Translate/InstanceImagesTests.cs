using System.Text.Json;
using MlNetImageTranslation.Export;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.TestSupport;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Cli.Tests;

/// <summary>A run on label images and instance images, from the data to translated and scored images.</summary>
public sealed class InstanceImagesTests(InstanceImagesTests.TrainedRun run)
    : IClassFixture<InstanceImagesTests.TrainedRun>
{
    [Fact]
    public async Task A_folder_and_an_image_are_translated_with_their_instance_images()
    {
        string output = run.Folder.File("out");
        var (code, text, error) = await Imt.RunAsync([
            "translate",
            "--model",
            run.Model,
            "--input",
            run.Labels,
            "--instances",
            run.Instances,
            "--output",
            output,
        ]);
        Assert.True(code == 0, error);
        Assert.Contains("2 of 2 images translated", text);
        string name = Path.GetFileName(Directory.GetFiles(run.Labels).Order().First());
        string image = Path.Combine(run.Labels, name),
            instances = Path.Combine(run.Instances, name);
        using var engine = new TranslationEngine(run.Model, new() { Device = TranslationDevice.Cpu });
        byte[] expected = engine.Translate(ImageDecoder.Decode(image), ImageDecoder.DecodeInstances(instances)).Pixels;
        Assert.Equal(expected, ImageDecoder.Decode(Path.Combine(output, name)).Pixels);
        foreach (string beside in (string[])[instances, run.Instances])
        {
            string one = run.Folder.File("one.png");
            (code, _, error) = await Imt.RunAsync([
                "translate",
                "--model",
                run.Model,
                "--input",
                image,
                "--instances",
                beside,
                "--output",
                one,
            ]);
            Assert.True(code == 0, error);
            Assert.Equal(expected, ImageDecoder.Decode(one).Pixels);
            File.Delete(one);
        }
    }

    [Fact]
    public async Task The_runs_snapshots_and_its_model_are_scored_as_the_trainer_validated_them()
    {
        double validated = JsonDocument
            .Parse(File.ReadLines(Path.Combine(run.Run, "validation.jsonl")).Last())
            .RootElement.GetProperty("l1")
            .GetDouble();
        string json = run.Folder.File("scores.json");
        var (code, text, error) = await Imt.RunAsync(["evaluate", run.Run, "--json", json]);
        Assert.True(code == 0, error);
        Assert.Contains("1 snapshot of generator on 2 pairs", text);
        double scored = JsonDocument
            .Parse(File.ReadAllText(json))
            .RootElement.GetProperty("generators")
            .GetProperty("generator")
            .GetProperty("snapshots")[0]
            .GetProperty("l1")
            .GetDouble();
        // Torch there, the exported file here.
        Assert.Equal(validated, scored, 0.05);

        (code, _, error) = await Imt.RunAsync([
            "evaluate",
            "--model",
            run.Model,
            "--data",
            run.Data,
            "--direction",
            "BtoA",
            "--instances",
            Path.Combine(run.Data, "instances"),
            "--json",
            json,
        ]);
        Assert.True(code == 0, error);
        scored = JsonDocument.Parse(File.ReadAllText(json)).RootElement.GetProperty("l1").GetDouble();
        Assert.Equal(validated, scored, 0.05);
    }

    [Fact]
    public async Task Models_are_described_and_compared_with_their_instance_images()
    {
        var (code, text, error) = await Imt.RunAsync(["onnx", "check", run.Model]);
        Assert.True(code == 0, error);
        Assert.Contains("image: uint8 [N, H, W, 6]", text);
        Assert.Contains("each with an instance image of its size", text);
        Assert.Contains("each beside an instance image of the same size (--instances)", text);
        string floats = run.Folder.File("floats.onnx");
        (code, _, error) = await Imt.RunAsync(["export", run.Run, "--output", floats, "--interface", "float"]);
        Assert.True(code == 0, error);
        Assert.Equal(Weights.ModelInterface.FloatNchw, OnnxModelInfo.Read(floats).Card!.Interface);
        (code, text, error) = await Imt.RunAsync([
            "onnx",
            "compare",
            run.Model,
            floats,
            "--data",
            run.Labels,
            "--instances",
            run.Instances,
            "--tolerance",
            "0",
        ]);
        Assert.True(code == 0, text + error);
    }

    [Fact]
    public async Task What_is_missing_or_has_no_effect_is_an_error_that_names_the_option()
    {
        string image = Directory.GetFiles(run.Labels).Order().First(),
            plain = SmallModel.Save(run.Folder.File("plain.onnx")),
            output = run.Folder.File("none");
        string[] model = ["--model", run.Model],
            data = ["--data", run.Data, "--direction", "BtoA"],
            instances = ["--instances", run.Instances];
        string[] image2 = ["--input", image, "--output", output + ".png"],
            folder = ["--input", run.Labels, "--output", output];
        foreach (string[] input in (string[][])[image2, folder])
        {
            await Fails("name them by --instances", ["translate", .. model, .. input]);
            await Fails("--instances has no effect", ["translate", "--model", plain, .. input, .. instances]);
            await Fails("nowhere", ["translate", .. model, .. input, "--instances", run.Folder.File("nowhere")]);
        }
        await Fails("name them by --instances", ["evaluate", .. model, .. data]);
        await Fails("--instances has no effect", ["evaluate", "--model", plain, .. data, .. instances]);
        await Fails("--instances has no effect here", ["evaluate", "--translated", "a", "--target", "b", .. instances]);
        await Fails("8 bits", ["translate", .. model, .. folder, .. instances, "--bit-depth", "16"]);
        string other = run.Folder.File("other.png");
        ImageEncoder.Save(new RgbImage(8, 8), other);
        await Fails("8x8; expected 32x32", ["translate", .. model, .. image2, "--instances", other]);
        Assert.False(File.Exists(output + ".png"));
        Assert.False(Directory.Exists(output));

        static async Task Fails(string expected, string[] arguments)
        {
            var (code, text, error) = await Imt.RunAsync(arguments);
            Assert.Equal(2, code);
            Assert.Contains(expected, error);
            Assert.Equal("", text);
        }
    }

    /// <summary>A tiny run on the synthetic city, whose label images are the second of a pair.</summary>
    public sealed class TrainedRun : IAsyncLifetime
    {
        public TemporaryFolder Folder { get; } = new();

        public string Data => Folder.File("city");

        public string Run => Folder.File("run");

        public string Model => Path.Combine(Run, "model.onnx");

        public string Labels => Folder.File("labels");

        public string Instances => Path.Combine(Data, "instances", "val");

        public async ValueTask InitializeAsync()
        {
            await Do([
                "data",
                "synthesize",
                "--labels",
                "--output",
                Data,
                "--train",
                "3",
                "--val",
                "2",
                "--size",
                "32",
            ]);
            await Do([
                "train",
                "pix2pix",
                "--data",
                Data,
                "--output",
                Run,
                "--direction",
                "BtoA",
                "--label-palette",
                Path.Combine(Data, "palette.txt"),
                "--instances",
                Path.Combine(Data, "instances"),
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
                "1",
                "--decay-epochs",
                "0",
                "--save-epoch-freq",
                "1",
            ]);
            Directory.CreateDirectory(Labels);
            foreach (string file in Directory.GetFiles(Path.Combine(Data, "val")))
            {
                var pair = ImageDecoder.Decode(file);
                var labels = new RgbImage(pair.Width / 2, pair.Height);
                for (int y = 0; y < labels.Height; y++)
                for (int x = 0; x < labels.Width; x++)
                    labels[x, y] = pair[labels.Width + x, y];
                ImageEncoder.Save(labels, Path.Combine(Labels, Path.GetFileName(file)));
            }
        }

        public ValueTask DisposeAsync()
        {
            Folder.Dispose();
            return default;
        }

        private static async Task Do(string[] arguments)
        {
            var (code, _, error) = await Imt.RunAsync(arguments);
            Assert.True(code == 0, error);
        }
    }
}

using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Export;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Networks;
using MlNetImageTranslation.TestSupport;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Cli.Tests;

public sealed class OnnxCommandTests
{
    [Fact]
    public async Task Check_shows_what_our_models_are_and_do()
    {
        using var folder = new TemporaryFolder();
        var model = Export(
            folder,
            "m.onnx",
            new()
            {
                NormStatistics = NormalizationStatistics.Image,
                Provenance = new()
                {
                    Trainer = "pix2pix",
                    DataSet = "facades",
                    Epoch = 7,
                },
            }
        );
        var (code, output, _) = await Imt.RunAsync("onnx", "check", model);
        Assert.Equal(0, code);
        Assert.Contains("image: uint8 [N, H, W, 3]", output);
        Assert.Contains("opset 17", output);
        Assert.Contains("InstanceNormalization x 5", output);
        Assert.Contains("unet-16, 3 to 3 channels, sides in multiples of 16, trained at 16x16", output);
        Assert.Contains("batch norm by the statistics of the image", output);
        Assert.Contains("trainer pix2pix, data facades, epochs 7", output);
        Assert.Contains("TranslateImage runs it:", output);
        Assert.Contains("padded by reflection to multiples of 16", output);
        Assert.Contains("depends on the whole image", output);
    }

    [Fact]
    public async Task Check_names_the_option_that_a_foreign_model_needs()
    {
        using var folder = new TemporaryFolder();
        var model = folder.File("foreign.onnx");
        // The same graph without a card is somebody else's model.
        var bytes = File.ReadAllBytes(Export(folder, "float.onnx", new() { Interface = ModelInterface.FloatNchw }));
        int key = bytes.AsSpan().IndexOf("imt.model_card"u8);
        bytes[key] = (byte)'x';
        File.WriteAllBytes(model, bytes);

        var (code, output, _) = await Imt.RunAsync("onnx", "check", model);
        Assert.Equal(2, code);
        Assert.Contains("card         none", output);
        Assert.Contains("TranslateImage does not run it", output);
        Assert.Contains("--pixel-range", output);
        (code, output, _) = await Imt.RunAsync("onnx", "check", model, "--pixel-range", "-1..1");
        Assert.Equal(0, code);
        Assert.Contains("TranslateImage runs it:", output);
    }

    [Fact]
    public async Task Check_refuses_what_is_no_model()
    {
        using var folder = new TemporaryFolder();
        var (code, _, error) = await Imt.RunAsync("onnx", "check", folder.File("none.onnx"));
        Assert.Equal(2, code);
        Assert.Contains("none.onnx", error);
        File.WriteAllText(folder.File("text.onnx"), "no model");
        (code, _, error) = await Imt.RunAsync("onnx", "check", folder.File("text.onnx"));
        Assert.Equal(2, code);
        Assert.Contains("text.onnx", error);
        (code, _, error) = await Imt.RunAsync("onnx", "check", folder.Path);
        Assert.Equal(2, code);
        Assert.Contains("is a folder", error);
        File.WriteAllBytes(folder.File("latest_net_G.pth"), [0x80, 2, 0x8a, 10]);
        (code, _, error) = await Imt.RunAsync("onnx", "check", folder.File("latest_net_G.pth"));
        Assert.Equal(2, code);
        Assert.Contains("imt import", error);
    }

    [Fact]
    public async Task Compare_gives_differences_on_images_and_fails_above_the_tolerance()
    {
        using var folder = new TemporaryFolder();
        string first = Export(folder, "a.onnx", new()),
            half = Export(folder, "h.onnx", new() { Precision = WeightPrecision.Float16 }),
            other = Export(folder, "b.onnx", new(), seed: 2);
        Directory.CreateDirectory(folder.File("data"));
        for (int i = 0; i < 3; i++)
            ImageEncoder.Save(AerialMapSynthesizer.Create(i, 40).Aerial, folder.File($"data/{i}.png"));

        var (code, output, _) = await Imt.RunAsync(
            "onnx",
            "compare",
            first,
            first,
            "--data",
            folder.File("data"),
            "--tolerance",
            "0",
            "--limit",
            "2"
        );
        Assert.Equal(0, code);
        Assert.Contains("all 2", output);
        Assert.Contains("equal", output);
        (code, _, _) = await Imt.RunAsync(
            "onnx",
            "compare",
            first,
            half,
            "--data",
            folder.File("data"),
            "--tolerance",
            "3"
        );
        Assert.Equal(0, code);
        (code, output, _) = await Imt.RunAsync(
            "onnx",
            "compare",
            first,
            other,
            "--data",
            folder.File("data"),
            "--tolerance",
            "3"
        );
        Assert.Equal(1, code);
        Assert.DoesNotContain("equal", output);

        // Which of the two it is that cannot be run is said.
        File.WriteAllText(folder.File("text.onnx"), "no model");
        (code, _, var error) = await Imt.RunAsync(
            "onnx",
            "compare",
            first,
            folder.File("text.onnx"),
            "--data",
            folder.File("data")
        );
        Assert.Equal(2, code);
        Assert.Contains("text.onnx", error);
    }

    private static string Export(TemporaryFolder folder, string name, OnnxExportOptions options, int seed = 1)
    {
        var graph = NetworkCatalog.Create(new NetworkOptions { Architecture = "unet-16", Filters = 4 });
        var random = new Random(seed);
        var weights = new StateDict();
        foreach (var parameter in graph.Parameters)
            weights[parameter.Name] = new(
                parameter.Shape,
                [
                    .. Enumerable
                        .Range(0, (int)parameter.Count)
                        .Select(_ =>
                            parameter.Kind == ParameterKind.Weight
                                ? random.NextSingle() - 0.5f
                                : random.NextSingle() + 0.1f
                        ),
                ]
            );
        OnnxExporter.Export(graph, weights, options, folder.File(name));
        return folder.File(name);
    }
}

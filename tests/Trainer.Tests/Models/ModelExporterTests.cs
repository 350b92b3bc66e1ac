using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Networks;
using MlNetImageTranslation.TestSupport;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Trainer.Tests;

public sealed class ModelExporterTests
{
    [Theory]
    [InlineData("unet-16", 1)]
    [InlineData("unet-16", 4)]
    [InlineData("resnet-1", 1)]
    [InlineData("keras-resnet-6", 1)]
    [InlineData("plain-unet", 1)]
    public void Exported_models_do_what_torch_does(string architecture, int batchSize)
    {
        using var folder = new TemporaryFolder();
        var verified = ModelExporter.Export(
            Generator(architecture, batchSize),
            folder.File("m.onnx"),
            null,
            [TestTensors.Image(1, 40, 30), TestTensors.Image(2, 32, 32)]
        );
        Assert.True(verified.LargestError < ModelVerification.Tolerance);
        Assert.Equal(2, verified.Images);
        Assert.True(File.Exists(folder.File("m.onnx")));
    }

    [Fact]
    public void Images_of_one_colour_say_nothing_about_a_model()
    {
        using var folder = new TemporaryFolder();
        var plain = RgbImage.Filled(40, 40, 200, 30, 90);
        var generator = Generator("resnet-1", 1);
        Assert.Equal(
            1,
            ModelExporter.Export(generator, folder.File("m.onnx"), null, [plain, TestTensors.Image(2, 32, 32)]).Images
        );
        Assert.True(ModelExporter.Export(generator, folder.File("m.onnx"), null, [plain]).Images > 0);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void Weights_that_are_no_numbers_are_named(float value)
    {
        using var folder = new TemporaryFolder();
        var generator = Generator("unet-16", 1);
        generator.Weights["up1.conv.bias"].Values[1] = value;
        var failure = Assert.Throws<InvalidOperationException>(() =>
            ModelExporter.Export(generator, folder.File("m.onnx"), null, [TestTensors.Image(1, 32, 32)])
        );
        Assert.Contains("'up1.conv.bias'", failure.Message);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_model_that_differs_is_refused()
    {
        using var folder = new TemporaryFolder();
        var generator = Generator("unet-16", 1);
        var verified = ModelExporter.Export(generator, folder.File("m.onnx"), null, [TestTensors.Image(1, 32, 32)]);
        // The last bias of one channel moves by 1 %.
        var other = new StateDict();
        foreach (string name in generator.Weights.Names)
            other[name] = new(generator.Weights[name].Shape, [.. generator.Weights[name].Values]);
        other["up1.conv.bias"].Values[1] += 0.01f;
        var exception = Assert.Throws<InvalidOperationException>(() =>
            ModelVerification.Verify(
                generator with
                {
                    Weights = other,
                },
                verified.Card,
                File.ReadAllBytes(verified.File),
                [TestTensors.Image(1, 32, 32)]
            )
        );
        Assert.Contains("differs from torch", exception.Message);
    }

    [Fact]
    public void Snapshots_of_a_run_are_exported_by_epoch_best_and_last()
    {
        using var folder = new TemporaryFolder();
        new Pix2PixTrainer(TinyRun.Pix2Pix(folder.File("run"))).Train();
        Assert.Equal(["generator"], RunExporter.GeneratorNames(folder.File("run")));
        Assert.Equal(2, RunExporter.Export(folder.File("run"), folder.File("2.onnx"), "2").Card.Provenance!.Epoch);
        Assert.Equal(
            3,
            RunExporter
                .Export(folder.File("run"), folder.File("last.onnx"), options: new() { FixedSize = new(48, 32) })
                .Card.Provenance!.Epoch
        );
        Assert.True(
            File.Exists(
                RunExporter
                    .Export(
                        folder.File("run"),
                        folder.File("best.onnx"),
                        "best",
                        new() { Interface = ModelInterface.FloatNchw }
                    )
                    .File
            )
        );
        Assert.NotEqual(
            RunExporter.Load(folder.File("run")).Weights["down1.conv.weight"].Values,
            RunExporter.Load(folder.File("run"), average: false).Weights["down1.conv.weight"].Values
        );
        Assert.Contains(
            "0002, 0003, best, last",
            Assert.Throws<FileNotFoundException>(() => RunExporter.Load(folder.File("run"), "7")).Message
        );
    }

    private static TrainedGenerator Generator(string architecture, int batchSize)
    {
        var graph = NetworkCatalog.Create(
            new NetworkOptions
            {
                Architecture = architecture,
                Filters = 4,
                Size = 32,
            }
        );
        return new(
            "generator",
            graph,
            WeightInitializer.Create(graph, InitializationKind.Xavier, 1, seed: 4),
            new() { BatchSize = batchSize },
            new(32, 32)
        );
    }
}

using MlNetImageTranslation.Networks;
using MlNetImageTranslation.TestSupport;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Trainer.Tests;

/// <summary>Generators and discriminators that the catalog does not know.</summary>
public sealed class OwnNetworkTests
{
    // As docs/training.md has it.
    private static readonly NetworkGraph s_generator = new NetworkBuilder("tiny", new TensorShape(3, 64, 64))
        .Convolution("down.conv", 16, kernelSize: 4, stride: 2, Padding.All(1))
        .Normalization("down.norm", NormalizationKind.Instance)
        .Relu("down.activation")
        .TransposedConvolution("up.conv", 3, kernelSize: 4, stride: 2, crop: Padding.All(1))
        .Tanh("output")
        .Build();

    private static readonly NetworkGraph s_discriminator = new NetworkBuilder("tiny-patch", new TensorShape(6, 64, 64))
        .Convolution("layer1.conv", 16, kernelSize: 4, stride: 2, Padding.All(1))
        .LeakyRelu("layer1.activation")
        .Convolution("logits", 1, kernelSize: 4)
        .Build();

    [Fact]
    public void Train_export_and_resume()
    {
        using var folder = new TemporaryFolder();
        var options = Options(folder);
        var result = new Pix2PixTrainer(options).Train();
        Assert.Equal("tiny", result.Generators[0].Graph.Name);
        using (
            var engine = new TranslationEngine(
                result.ModelFiles.Single(),
                new TranslationEngineOptions { Device = TranslationDevice.Cpu }
            )
        )
        {
            Assert.Equal(2, engine.SizeMultiple);
            var translated = engine.Translate(TestTensors.Image(1, 30, 22));
            Assert.Equal((30, 22), (translated.Width, translated.Height));
        }
        options.Resume = true;
        Assert.Equal(24, new Pix2PixTrainer(options).Train().Steps);
        options.GeneratorGraph = new NetworkBuilder("tiny", new TensorShape(3, 64, 64))
            .Convolution("conv", 3, 3, 1, Padding.All(1))
            .Tanh("output")
            .Build();
        Assert.Contains(
            "networks",
            Assert.Throws<InvalidOperationException>(() => new Pix2PixTrainer(options).Train()).Message
        );
    }

    [Fact]
    public void A_run_goes_on_and_exports_from_its_folder_alone()
    {
        using var folder = new TemporaryFolder();
        new Pix2PixTrainer(Options(folder)).Train();
        var options = TrainingOptions.FromRun<Pix2PixTrainer.Options>(folder.File("run"));
        Assert.Equal(s_generator.ToJson(), options.GeneratorGraph!.ToJson());
        Assert.Equal(s_discriminator.ToJson(), options.DiscriminatorGraph!.ToJson());
        options.Pairs = TestTensors.Pairs(8, 20);
        options.ValidationPairs = TestTensors.Pairs(2, 20);
        Assert.Equal(24, new Pix2PixTrainer(options).Train().Steps);
        var exported = RunExporter.Export(folder.File("run"), folder.File("tiny.onnx"));
        Assert.Equal("tiny", exported.Card.Architecture);
    }

    [Fact]
    public void Networks_of_other_channels_are_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        var options = Options(folder);
        options.GeneratorGraph = s_discriminator;
        string message = Assert.Throws<ArgumentOutOfRangeException>(() => new Pix2PixTrainer(options).Train()).Message;
        Assert.Contains(
            "Generator 'tiny-patch' makes 1x29x29 of 6x64x64 (channels, height, width); expected one that makes 3x64x64 of 3x64x64",
            message
        );
        (options.GeneratorGraph, options.Generator, options.Dropout) = (null, "pixel", null);
        Assert.Contains(
            "'pixel'",
            Assert.Throws<ArgumentOutOfRangeException>(() => new Pix2PixTrainer(options).Train()).Message
        );
        (options.GeneratorGraph, options.DiscriminatorGraph) = (s_generator, s_generator);
        Assert.Contains(
            "DiscriminatorGraph 'tiny' reads 3 channels; expected 6",
            Assert.Throws<ArgumentOutOfRangeException>(() => new Pix2PixTrainer(options).Train()).Message
        );
    }

    private static Pix2PixTrainer.Options Options(TemporaryFolder folder)
    {
        var options = TinyRun.Pix2Pix(folder.File("run"));
        (options.GeneratorGraph, options.DiscriminatorGraph, options.ExportModel) = (
            s_generator,
            s_discriminator,
            true
        );
        // What the networks of our own say themselves.
        (options.Generator, options.GeneratorFilters, options.Dropout) = ("unet-256", 64, null);
        (options.Norm, options.DiscriminatorFilters, options.DiscriminatorLayers) = (null, 64, null);
        return options;
    }
}

using MlNetImageTranslation.Export;
using MlNetImageTranslation.Networks;
using MlNetImageTranslation.TestSupport;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Trainer.Tests;

public sealed class Pix2PixHdTests
{
    [Theory]
    [InlineData(NetworkCatalog.Pix2PixHd, 2)]
    [InlineData(NetworkCatalog.Pix2PixHdLocal, 3)]
    public void A_run_is_resumed_bit_for_bit_and_exported(string generator, int scales)
    {
        using var folder = new TemporaryFolder();
        void Change(Pix2PixTrainer.Options options) => Tiny(options, generator, scales);
        TinyRun.Interrupt(folder.File("run"), 3, Change);
        TinyRun.Resume(folder.File("run"), Change);
        var whole = TinyRun.Pix2Pix(folder.File("whole"));
        Change(whole);
        whole.ExportModel = true;
        new Pix2PixTrainer(whole).Train();
        Assert.Equal(TinyRun.Hashes(folder.File("whole")), TinyRun.Hashes(folder.File("run")));
        Assert.Contains(
            $"discriminator_{scales}.safetensors",
            string.Join(" ", TinyRun.Hashes(folder.File("run")).Keys)
        );
        var card = OnnxModelInfo.Read(folder.File("whole/model.onnx")).Card!;
        Assert.Equal(generator, card.Architecture);
        Assert.Equal(new ImageSize(128, 64), card.TrainingSize);
    }

    [Fact]
    public void The_enhancer_begins_with_a_global_generator()
    {
        using var folder = new TemporaryFolder();
        var options = TinyRun.Pix2Pix(folder.File("global"));
        Tiny(options, NetworkCatalog.Pix2PixHd, 2);
        options.GeneratorFilters = 4;
        new Pix2PixTrainer(options).Train();
        string trained = new RunFolder(folder.File("global")).Snapshot("generator", 2);
        var global = TrainedGenerator.Load(trained).Weights;

        Tiny(options, NetworkCatalog.Pix2PixHdLocal, 3);
        var graph = options.CreateGenerator(3, 3);
        var cpu = new TorchSharp.torch.Device(TorchSharp.DeviceType.CPU);
        using TorchNetwork from = InitialNetwork.Create(graph, options, RandomStream.Generator, trained, cpu),
            fresh = InitialNetwork.Create(graph, options, RandomStream.Generator, null, cpu);
        StateDict weights = from.Export(),
            initial = fresh.Export();
        foreach (string name in weights.Names)
            Assert.Equal(
                name.StartsWith("global.", StringComparison.Ordinal)
                    ? global[name["global.".Length..]].Values
                    : initial[name].Values,
                weights[name].Values
            );
        // One of another width is refused for what it lacks of the whole network, and the width that fits is named.
        options.GeneratorFilters = 3;
        string message = Assert
            .Throws<FormatException>(() =>
                InitialNetwork.Create(options.CreateGenerator(3, 3), options, RandomStream.Generator, trained, cpu)
            )
            .Message;
        Assert.Contains("pix2pixhd-local", message);
        Assert.Contains("GeneratorFilters = 6", message);
    }

    private static void Tiny(Pix2PixTrainer.Options options, string generator, int scales)
    {
        if (generator == NetworkCatalog.Pix2PixHdLocal)
            options.UsePix2PixHdLocal();
        else
            options.UsePix2PixHd();
        Assert.Equal(generator, options.Generator);
        Assert.Equal(scales, options.DiscriminatorScales);
        (options.GeneratorFilters, options.DiscriminatorFilters, options.DiscriminatorLayers) = (2, 4, 1);
        (options.LoadSize, options.CropSize) = (new(128, 64), new(128, 64));
        (options.Epochs, options.DecayEpochs, options.Dropout) = (1, 1, null);
        options.MaximumDataSize = 2;
        options.LogEvery = 1;
    }
}

using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.TestSupport;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Trainer.Tests;

public sealed class BiGanTests
{
    [Fact]
    public void An_interrupted_run_ends_bit_for_bit_like_one_that_was_not()
    {
        var hashes = TinyRun.CompareInterrupted(Tiny, (options, p, c) => new BiGanTrainer(options).Train(p, c), 3, 7);
        Assert.Contains(hashes.Keys, name => name.EndsWith("pool_ba.safetensors", StringComparison.Ordinal));
    }

    [Fact]
    public void Both_generators_are_exported_and_grids_and_reports_show_both_ways()
    {
        using var folder = new TemporaryFolder();
        var options = Tiny(folder.File("run"));
        options.ExportModel = true;
        options.Objective = AdversarialObjective.Wasserstein;
        options.DiscriminatorScales = 2;
        options.OutputChannels = 1;
        options.Epochs = 1;
        options.DecayEpochs = 0;
        options.SampleEveryEpochs = 1;
        var result = new BiGanTrainer(options).Train();
        Assert.Equal(["model_ab.onnx", "model_ba.onnx"], result.ModelFiles.Select(file => Path.GetFileName(file)));
        Assert.Equal((3, 1), (result.Generators[0].Graph.Input.Channels, result.Generators[0].Graph.Output.Channels));
        Assert.Equal((1, 3), (result.Generators[1].Graph.Input.Channels, result.Generators[1].Graph.Output.Channels));
        Assert.Equal(
            ("bigan", "BtoA"),
            (result.Generators[1].Provenance.Trainer, result.Generators[1].Provenance.Direction)
        );
        Assert.True(ImageDecoder.Decode(folder.File("run/samples/epoch-0001.png")).Width > 6 * 16);
        Assert.Contains("Generator B to A, adversarial", File.ReadAllText(folder.File("run/report.html")));
    }

    [Fact]
    public void The_discriminator_judges_pairs_and_a_network_of_ones_own_comes_back()
    {
        using var folder = new TemporaryFolder();
        var options = Tiny(folder.File("run"));
        Assert.Equal(6, options.CreateDiscriminator().Input.Channels);
        options.DiscriminatorGraph = Discriminators.Create(new CycleGanTrainer.Options(), 3);
        Assert.Contains("6", Assert.Throws<ArgumentOutOfRangeException>(() => new BiGanTrainer(options)).Message);
        var own = Tiny(null);
        own.DiscriminatorFilters = 5;
        options.DiscriminatorGraph = own.CreateDiscriminator();
        (options.DiscriminatorFilters, options.DiscriminatorLayers) = (64, null);
        options.Epochs = 1;
        options.DecayEpochs = 0;
        new BiGanTrainer(options).Train();
        var back = TrainingOptions.FromRun<BiGanTrainer.Options>(folder.File("run"));
        Assert.Null(back.GeneratorGraph);
        Assert.Equal(options.DiscriminatorGraph.ToJson(), back.DiscriminatorGraph!.ToJson());
    }

    internal static BiGanTrainer.Options Tiny(string? folder) =>
        new()
        {
            Sources = Set(0, 4),
            Targets = Set(20, 3),
            OutputFolder = folder,
            Generator = "resnet-1",
            GeneratorFilters = 4,
            DiscriminatorFilters = 4,
            DiscriminatorLayers = 1,
            LoadSize = 18,
            CropSize = 16,
            Epochs = 2,
            DecayEpochs = 1,
            LogEvery = 1,
            Device = TranslationDevice.Cpu,
            Threads = 1,
            Seed = 5,
            PoolSize = 3,
            CheckpointEverySteps = 3,
            SampleEveryEpochs = 2,
            SnapshotEveryEpochs = 2,
            ExportModel = false,
            AverageDecay = 0.9,
            FlushToDisk = false,
        };

    private static ImageSet Set(int first, int count) =>
        ImageSet.FromImages([.. Enumerable.Range(first, count).Select(i => TestTensors.Image(i, 18, 18))]);
}

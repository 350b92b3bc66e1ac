using System.Text.Json;
using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Networks;
using MlNetImageTranslation.TestSupport;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Trainer.Tests;

public sealed class OneSidedTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_interrupted_run_of_CUT_ends_bit_for_bit_like_one_that_was_not(bool fast)
    {
        var hashes = TinyRun.CompareInterrupted(Create, (options, p, c) => new CutTrainer(options).Train(p, c), 3, 7);
        Assert.Contains(hashes.Keys, name => name.EndsWith("projection_4.safetensors", StringComparison.Ordinal));

        CutTrainer.Options Create(string folder)
        {
            var options = Cut(folder);
            if (fast)
                options.UseFastCut();
            (options.Epochs, options.DecayEpochs, options.PoolSize) = (2, 1, fast ? 2 : 0);
            return options;
        }
    }

    [Fact]
    public void An_interrupted_run_of_SimGAN_ends_bit_for_bit_like_one_that_was_not() =>
        TinyRun.CompareInterrupted(
            folder => Tiny(new SimGanTrainer.Options { PoolSize = 3 }, folder),
            (options, p, c) => new SimGanTrainer(options).Train(p, c),
            3,
            7
        );

    [Fact]
    public void CUT_exports_its_generator_and_reports_and_its_options_come_back()
    {
        using var folder = new TemporaryFolder();
        var options = Cut(folder.File("run"));
        (options.ExportModel, options.Epochs, options.DecayEpochs, options.SampleEveryEpochs) = (true, 1, 0, 1);
        options.Objective = AdversarialObjective.Wasserstein;
        options.DiscriminatorScales = 2;
        var result = new CutTrainer(options).Train();
        Assert.Equal(["model.onnx"], result.ModelFiles.Select(file => Path.GetFileName(file)));
        Assert.True(ImageDecoder.Decode(folder.File("run/samples/epoch-0001.png")).Width > 4 * 16);
        Assert.Contains("PatchNCE of target images", File.ReadAllText(folder.File("run/report.html")));
        Assert.Equal(["generator"], RunExporter.GeneratorNames(folder.File("run")));
        Assert.Equal("cut", result.Generators[0].Provenance.Trainer);
        var back = TrainingOptions.FromRun<CutTrainer.Options>(folder.File("run"));
        Assert.Equal([0, 4, 8, 10], back.ContrastLayers);
        Assert.Null(back.GeneratorGraph);
        Assert.Equal(12, back.Patches);
    }

    [Fact]
    public void Feature_GAN_trains_with_weights_that_the_options_name()
    {
        Oracle.Require("torch", "numpy");
        using var folder = new TemporaryFolder();
        var options = Tiny(
            new FeatureGanTrainer.Options { VggWeights = Vgg.Write(folder, "vgg.pth") },
            folder.File("run")
        );
        (options.Epochs, options.DecayEpochs) = (1, 0);
        new FeatureGanTrainer(options).Train();
        var first = JsonDocument.Parse(File.ReadLines(folder.File("run/log.jsonl")).First()).RootElement;
        Assert.True(first.GetProperty("g_features").GetDouble() > 0);
        options.VggWeights = null;
        Assert.Contains(
            "VggWeights",
            Assert.Throws<ArgumentOutOfRangeException>(() => new FeatureGanTrainer(options)).Message
        );
    }

    [Fact]
    public void Projection_heads_have_as_many_parameters_as_the_reference_prints()
    {
        var networks = new CutTrainer.Options().CreateNetworks();
        // Two dense layers of 256 over 3, 128, 256, 256 and 256 channels: "Total number of parameters: 0.560 M".
        long[] counts = [.. networks.Skip(2).Select(head => head.Graph.Parameters.Sum(spec => spec.Count))];
        Assert.Equal([66_816, 98_816, 131_584, 131_584, 131_584], counts);
        Assert.Equal(560_384, counts.Sum());
        Assert.Equal(11_378_179, networks[0].Graph.Parameters.Sum(spec => spec.Count));
        Assert.Equal(2_764_737, networks[1].Graph.Parameters.Sum(spec => spec.Count));
    }

    [Fact]
    public void Numbers_of_layers_are_the_references()
    {
        var resnet = NetworkCatalog.Create("resnet-9");
        Assert.Equal(
            ["first.pad", "down1.conv", "down2.activation", "block3.add", "block7.add"],
            SequentialLayers.Names(resnet, [0, 4, 8, 12, 16])
        );
        Assert.Equal(
            ["first.pad", "down1.conv", "down2.conv", "block1.add", "block5.add"],
            SequentialLayers.Names(NetworkCatalog.Create("resnet-9-antialiased"), [0, 4, 8, 12, 16])
        );
        // 10 members before the blocks, 9 blocks, 9 after them.
        Assert.Equal(["output"], SequentialLayers.Names(resnet, [27]));
        Assert.Contains(
            "layer 28",
            Assert.Throws<ArgumentException>(() => SequentialLayers.Names(resnet, [0, 28])).Message
        );
        Assert.Contains(
            "sequence",
            Assert
                .Throws<ArgumentException>(() => SequentialLayers.Names(NetworkCatalog.Create("unet-128"), [60]))
                .Message
        );
    }

    [Fact]
    public void Patches_are_different_places_and_all_of_them_where_there_are_fewer()
    {
        var counts = new int[10];
        for (int i = 0; i < 3000; i++)
        {
            long[] places = PatchSampler.Draw(10, 4, new(1, RandomStream.Patches, i));
            Assert.Equal(4, places.Distinct().Count());
            foreach (long place in places)
                counts[place]++;
        }
        Assert.All(counts, count => Assert.InRange(count, 1100, 1300));
        Assert.Equal([0L, 1, 2, 3, 4], PatchSampler.Draw(5, 256, new(1, RandomStream.Patches)).Order());
    }

    [Fact]
    public void What_cannot_be_compared_is_refused_by_name()
    {
        Refuse("ContrastLayers", options => options.ContrastLayers = []);
        Refuse("ContrastLayers", options => options.ContrastLayers = [4, 4]);
        Refuse("Patches", options => options.Patches = 0);
        Refuse("Temperature", options => options.Temperature = 0);
        Refuse("OutputChannels", options => options.OutputChannels = 1);
        Refuse("in sequence", options => options.ContrastLayers = [99]);
        Refuse("AdversarialWeight", options => options.AdversarialWeight = -1);

        static void Refuse(string name, Action<CutTrainer.Options> change)
        {
            var options = new CutTrainer.Options();
            change(options);
            Assert.Contains(name, Assert.Throws<ArgumentOutOfRangeException>(() => new CutTrainer(options)).Message);
        }
    }

    internal static CutTrainer.Options Cut(string? folder)
    {
        var options = new CutTrainer.Options
        {
            ContrastLayers = [0, 4, 8, 10],
            Patches = 12,
            ProjectionFilters = 8,
        };
        return Tiny(options, folder);
    }

    internal static T Tiny<T>(T options, string? folder)
        where T : OneSidedOptions
    {
        options.Sources = Set(0, 4);
        options.Targets = Set(20, 3);
        options.OutputFolder = folder;
        options.Generator = "resnet-1";
        options.GeneratorFilters = 4;
        options.Dropout = true;
        options.DiscriminatorFilters = 4;
        options.DiscriminatorLayers = 1;
        options.LoadSize = 18;
        options.CropSize = 16;
        options.Epochs = 2;
        options.DecayEpochs = 1;
        options.LogEvery = 1;
        options.Device = TranslationDevice.Cpu;
        options.Threads = 1;
        options.Seed = 5;
        options.CheckpointEverySteps = 3;
        options.SampleEveryEpochs = 2;
        options.SnapshotEveryEpochs = 2;
        options.ExportModel = false;
        options.AverageDecay = 0.9;
        options.FlushToDisk = false;
        return options;
    }

    private static ImageSet Set(int first, int count) =>
        ImageSet.FromImages([.. Enumerable.Range(first, count).Select(i => TestTensors.Image(i, 18, 18))]);
}

using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Networks;
using MlNetImageTranslation.TestSupport;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Trainer.Tests;

public sealed class CoGanTests
{
    [Fact]
    public void An_interrupted_run_ends_bit_for_bit_like_one_that_was_not()
    {
        var hashes = TinyRun.CompareInterrupted(Tiny, (options, p, c) => new CoGanTrainer(options).Train(p, c), 2, 5);
        Assert.Contains(
            hashes.Keys,
            name => name.EndsWith("generator_b.average.safetensors", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_run_shows_translations_and_translates_and_refuses_to_be_exported()
    {
        using var folder = new TemporaryFolder();
        var options = Tiny(folder.File("run"));
        options.ExportModel = true;
        options.Epochs = 1;
        options.DecayEpochs = 0;
        options.SampleEveryEpochs = 1;
        options.OutputChannels = 1;
        var result = new CoGanTrainer(options).Train();
        Assert.Empty(result.ModelFiles);
        Assert.False(Directory.Exists(folder.File("run/verification")));
        Assert.True(ImageDecoder.Decode(folder.File("run/samples/epoch-0001.png")).Width > 6 * 16);
        Assert.Contains("Discriminator B, generated images", File.ReadAllText(folder.File("run/report.html")));
        string message = Assert
            .Throws<InvalidOperationException>(() => RunExporter.Export(folder.File("run"), folder.File("x.onnx")))
            .Message;
        Assert.Contains("CoGanTranslator", message);
        Assert.False(File.Exists(folder.File("x.onnx")));

        using var translator = CoGanTranslator.Load(folder.File("run"));
        RgbImage[] images = [TestTensors.Image(1, 16, 16), TestTensors.Image(2, 16, 16)];
        var both = translator.Translate(images);
        Assert.All(both, image => Assert.Equal((16, 16), (image.Width, image.Height)));
        // B images are gray here.
        Assert.All(both, image => Assert.Equal(image.Pixels[0], image.Pixels[1]));
        Assert.NotEqual(both[0].Pixels, both[1].Pixels);
        Assert.InRange(ImageScores.Of(translator.Translate([images[1]])[0], both[1]).L1, 0, 1);
        var back = translator.Translate(images, TranslationDirection.BtoA)[0];
        Assert.NotEqual(back.Pixels[0], back.Pixels[1]);
        Assert.Contains(
            "16x16",
            Assert.Throws<ArgumentException>(() => translator.Translate([TestTensors.Image(1, 16, 32)])).Message
        );
    }

    [Theory]
    [InlineData(16, 3)]
    [InlineData(64, 5)]
    [InlineData(256, 7)]
    public void Any_power_of_two_and_any_number_of_tied_layers_make_networks_that_fit(int side, int layers)
    {
        for (int own = 1; own < layers; own++)
        {
            var options = new CoGanTrainer.Options
            {
                CropSize = side,
                LoadSize = side,
                OwnGeneratorLayers = own,
                OwnDiscriminatorLayers = layers - own,
                OutputChannels = 1,
            };
            options.Validate();
            var networks = CoGanNetworks.Create(options).ToDictionary(named => named.Name, named => named.Graph);
            var (shared, a, b) = (networks["generator"], networks["generator_a"], networks["generator_b"]);
            Assert.Equal(new TensorShape(100, 1, 1), shared.Input);
            Assert.Equal((shared.Output, shared.Output), (a.Input, b.Input));
            Assert.Equal((new(3, side, side), new TensorShape(1, side, side)), (a.Output, b.Output));
            Assert.Equal(networks["discriminator_b"].Output, networks["discriminator"].Input);
            Assert.Equal(new TensorShape(1, 1, 1), networks["discriminator"].Output);
            Assert.Equal(
                CoGanNetworks.WholeGenerator(options).Parameters.Sum(spec => spec.Count),
                shared.Parameters.Concat(a.Parameters).Sum(spec => spec.Count)
            );
        }
    }

    [Fact]
    public void A_generator_for_64_pixels_is_DCGANs()
    {
        // 100 -> 512 x 4 x 4 -> 256 -> 128 -> 64 -> 3 x 64 x 64 with batch norm, as in PyTorch's DCGAN tutorial, which
        // has no bias in its last layer.
        var graph = CoGanNetworks.WholeGenerator(new());
        Assert.Equal(3_576_704 + 3, graph.Parameters.Where(spec => !spec.IsStatistic).Sum(spec => spec.Count));
    }

    [Fact]
    public void What_cannot_be_trained_is_refused_by_name()
    {
        Refuse("CropSize", options => options.CropSize = 48);
        Refuse("CropSize", options => (options.LoadSize, options.CropSize) = (512, 512));
        Refuse("Preprocess", options => options.Preprocess = PreprocessMode.None);
        Refuse("OwnGeneratorLayers: expected 1 to 4 of the 5", options => options.OwnGeneratorLayers = 5);
        Refuse("OwnDiscriminatorLayers", options => options.OwnDiscriminatorLayers = 0);
        Refuse("Objective", options => options.Objective = AdversarialObjective.Wasserstein);
        Refuse("SearchStarts", options => options.SearchStarts = 0);

        static void Refuse(string name, Action<CoGanTrainer.Options> change)
        {
            var options = new CoGanTrainer.Options();
            change(options);
            Assert.Contains(name, Assert.Throws<ArgumentOutOfRangeException>(() => new CoGanTrainer(options)).Message);
        }
    }

    internal static CoGanTrainer.Options Tiny(string? folder) =>
        new()
        {
            Sources = Set(0, 7),
            Targets = Set(20, 5),
            OutputFolder = folder,
            NoiseSize = 6,
            GeneratorFilters = 4,
            DiscriminatorFilters = 4,
            BatchSize = 3,
            LoadSize = 18,
            CropSize = 16,
            Epochs = 2,
            DecayEpochs = 1,
            LogEvery = 1,
            SearchSteps = 10,
            SearchStarts = 2,
            SearchRate = 0.2,
            Device = TranslationDevice.Cpu,
            Threads = 1,
            Seed = 5,
            CheckpointEverySteps = 2,
            SampleEveryEpochs = 2,
            SnapshotEveryEpochs = 2,
            SampleCount = 1,
            InitializationGain = 0.2,
            ExportModel = false,
            AverageDecay = 0.5,
            FlushToDisk = false,
        };

    private static ImageSet Set(int first, int count) =>
        ImageSet.FromImages([.. Enumerable.Range(first, count).Select(i => TestTensors.Image(i, 18, 18))]);
}

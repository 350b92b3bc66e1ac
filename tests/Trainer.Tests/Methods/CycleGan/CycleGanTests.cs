using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.TestSupport;
using MlNetImageTranslation.Transforms;
using TorchSharp;

namespace MlNetImageTranslation.Trainer.Tests;

public sealed class CycleGanTests
{
    [Fact]
    public void An_interrupted_run_ends_bit_for_bit_like_one_that_was_not()
    {
        var hashes = TinyRun.CompareInterrupted(
            Tiny,
            (options, p, c) => new CycleGanTrainer(options).Train(p, c),
            3,
            7
        );
        Assert.Contains(hashes.Keys, name => name.EndsWith("pool_b.safetensors", StringComparison.Ordinal));
    }

    [Fact]
    public void Both_generators_are_exported_and_grids_show_both_ways()
    {
        using var folder = new TemporaryFolder();
        var options = Tiny(folder.File("run"));
        (options.ExportModel, options.Objective, options.Epochs, options.DecayEpochs, options.SampleEveryEpochs) = (
            true,
            AdversarialObjective.Wasserstein,
            1,
            0,
            1
        );
        var result = new CycleGanTrainer(options).Train();
        Assert.Equal(["model_ab.onnx", "model_ba.onnx"], result.ModelFiles.Select(file => Path.GetFileName(file)));
        Assert.All(result.ModelFiles, file => Assert.True(File.Exists(file)));
        Assert.True(ImageDecoder.Decode(folder.File("run/samples/epoch-0001.png")).Width > 8 * 16);
        Assert.Equal(["generator_ab", "generator_ba"], RunExporter.GeneratorNames(folder.File("run")));
        Assert.Equal(
            "BtoA",
            RunExporter
                .Export(folder.File("run"), folder.File("x.onnx"), generator: "generator_ba")
                .Card.Provenance!.Direction
        );
    }

    [Fact]
    public void A_pool_gives_new_images_until_it_is_full_and_then_old_ones_half_of_the_time()
    {
        using var scope = torch.NewDisposeScope();
        using var pool = new ImagePool(10, 3, RandomStream.Pool);
        int old = 0;
        for (int i = 0; i < 1010; i++)
        {
            float answer = pool.Query(torch.full([1, 1, 2, 2], (float)i)).mean().item<float>();
            if (i < 10)
                Assert.Equal(i, answer);
            else if (answer != i)
            {
                Assert.True(answer < i);
                old++;
            }
        }
        Assert.InRange(old, 430, 570);
    }

    [Fact]
    public void The_smaller_pile_is_gone_through_again_and_partners_are_random()
    {
        var samples = new UnpairedSamples(
            Set(0, 7),
            Set(20, 3),
            new(PreprocessMode.None, 8, 8, false),
            serial: false,
            1,
            1 << 20
        );
        Assert.Equal(7, samples.Count);
        var partners = Enumerable
            .Range(0, 60)
            .Select(i => samples.Training(i % 7, i).Name.Split(" and ")[1])
            .GroupBy(name => name)
            .ToArray();
        Assert.Equal(3, partners.Length);
        Assert.All(partners, group => Assert.InRange(group.Count(), 8, 35));
    }

    internal static CycleGanTrainer.Options Tiny(string? folder) =>
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

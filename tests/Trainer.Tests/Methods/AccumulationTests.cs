using System.Text.Json;
using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Networks;
using MlNetImageTranslation.TestSupport;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Trainer.Tests;

/// <summary>Steps of several batches.</summary>
public sealed class AccumulationTests
{
    private const int Images = 7;

    // 4 images in a step, then 3: parts of 2 and 2, then of 2 and 1.
    [Theory]
    [InlineData("pix2pix")]
    [InlineData("pix2pix, separate updates")]
    [InlineData("regression")]
    [InlineData("cyclegan")]
    [InlineData("bigan")]
    [InlineData("cut")]
    [InlineData("simgan")]
    public void Two_batches_of_two_make_the_step_of_one_batch_of_four(string method)
    {
        using var folder = new TemporaryFolder();
        double[][] whole = Train(method, folder.File("whole"), 4, 1),
            parts = Train(method, folder.File("parts"), 2, 2);
        Assert.Equal(4, whole.Length);
        for (int step = 0; step < whole.Length; step++)
        for (int i = 0; i < whole[step].Length; i++)
            Assert.True(
                Math.Abs(whole[step][i] - parts[step][i]) <= 2e-4 * Math.Max(0.05, Math.Abs(whole[step][i])),
                $"step {step + 1}, loss {i + 1}: {whole[step][i]} and {parts[step][i]}"
            );
        Assert.Contains(whole[0].Zip(whole[^1]), pair => Math.Abs(pair.First - pair.Second) > 1e-3);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_run_is_resumed_bit_for_bit(bool secondPass)
    {
        using var folder = new TemporaryFolder();
        void Change(Pix2PixTrainer.Options options)
        {
            (options.BatchSize, options.AccumulationSteps) = (1, 2);
            options.SecondGeneratorPass = secondPass;
            options.DiscriminatorAugmentation = DiscriminatorAugmentation.Color | DiscriminatorAugmentation.Cutout;
            (options.ColorJitter, options.Rotation) = (0.2, 10);
        }
        TinyRun.Interrupt(folder.File("run"), 5, Change);
        TinyRun.Resume(folder.File("run"), Change);
        var whole = TinyRun.Pix2Pix(folder.File("whole"));
        Change(whole);
        Assert.Equal(12, new Pix2PixTrainer(whole).Train().Steps);
        Assert.Equal(TinyRun.Hashes(folder.File("whole")), TinyRun.Hashes(folder.File("run")));
        Assert.Contains(
            "\"discriminatorAugmentation\": \"color, cutout\"",
            File.ReadAllText(folder.File("run/options.json"))
        );
        Assert.Equal(
            whole.DiscriminatorAugmentation,
            TrainingOptions.FromRun<Pix2PixTrainer.Options>(folder.File("run")).DiscriminatorAugmentation
        );
    }

    private static double[][] Train(string method, string run, int batchSize, int accumulationSteps)
    {
        switch (method)
        {
            case "regression":
                new RegressionTrainer(Paired(new RegressionTrainer.Options { StructureWeight = 1 })).Train();
                break;
            case "cyclegan":
                new CycleGanTrainer(Unpaired(new CycleGanTrainer.Options { PoolSize = 3 })).Train();
                break;
            case "bigan":
                new BiGanTrainer(Unpaired(new BiGanTrainer.Options { PoolSize = 3 })).Train();
                break;
            case "cut":
                new CutTrainer(
                    Unpaired(
                        new CutTrainer.Options
                        {
                            ContrastLayers = [0, 4],
                            Patches = 8,
                            ProjectionFilters = 8,
                        }
                    )
                ).Train();
                break;
            case "simgan":
                new SimGanTrainer(Unpaired(new SimGanTrainer.Options { PoolSize = 3 })).Train();
                break;
            default:
                new Pix2PixTrainer(
                    Paired(
                        new Pix2PixTrainer.Options
                        {
                            DiscriminatorFilters = 4,
                            DiscriminatorLayers = 1,
                            FeatureMatchingWeight = 1,
                            DiscriminatorAugmentation =
                                DiscriminatorAugmentation.Color | DiscriminatorAugmentation.Translation,
                            SeparateDiscriminatorUpdates = method != "pix2pix",
                        }
                    )
                ).Train();
                break;
        }
        return
        [
            .. File.ReadLines(Path.Combine(run, "log.jsonl"))
                .Select(line =>
                    JsonDocument
                        .Parse(line)
                        .RootElement.EnumerateObject()
                        .Skip(2)
                        .Select(loss => loss.Value.GetDouble())
                        .ToArray()
                ),
        ];

        T Paired<T>(T options)
            where T : PairedOptions
        {
            options.Pairs = TestTensors.Pairs(Images, 16);
            return Common(options);
        }

        T Unpaired<T>(T options)
            where T : UnpairedOptions
        {
            RgbImage[] images = [.. Enumerable.Range(0, Images).Select(i => TestTensors.Image(i, 16, 16))];
            options.Sources = ImageSet.FromImages(images);
            options.Targets = ImageSet.FromImages([.. images.Select(TestTensors.Negative)]);
            (options.DiscriminatorFilters, options.DiscriminatorLayers) = (4, 1);
            options.DiscriminatorAugmentation =
                DiscriminatorAugmentation.Translation | DiscriminatorAugmentation.Cutout;
            return Common(options);
        }

        T Common<T>(T options)
            where T : GeneratorOptions
        {
            options.OutputFolder = run;
            (options.BatchSize, options.AccumulationSteps) = (batchSize, accumulationSteps);
            (options.Generator, options.GeneratorFilters, options.Norm) = ("resnet-1", 4, NormalizationKind.Instance);
            (options.LoadSize, options.CropSize, options.Flip) = (16, 16, false);
            (options.Epochs, options.DecayEpochs, options.LogEvery, options.Threads) = (2, 0, 1, 1);
            options.Device = TranslationDevice.Cpu;
            options.LearningRate = 1e-3;
            (options.ExportModel, options.FlushToDisk) = (false, false);
            (options.SampleEveryEpochs, options.SnapshotEveryEpochs) = (0, 0);
            return options;
        }
    }
}

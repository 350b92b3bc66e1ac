using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Networks;
using MlNetImageTranslation.TestSupport;
using MlNetImageTranslation.Transforms;
using MlNetImageTranslation.Weights;
using TorchSharp;

namespace MlNetImageTranslation.Trainer.Tests;

public sealed class RegressionTests
{
    [Theory]
    [InlineData(ReconstructionLoss.L1, 0)]
    [InlineData(ReconstructionLoss.L2, 0.5)]
    public void A_regression_learns(ReconstructionLoss loss, double structure)
    {
        var options = Tiny(null);
        (options.Loss, options.StructureWeight, options.TotalVariationWeight, options.Epochs) = (
            loss,
            structure,
            0.01,
            30
        );
        options.ValidationPairs = options.Pairs;
        var reports = new List<TrainingProgress>();
        new RegressionTrainer(options).Train(new Pix2PixTrainerTests.Recorder(reports));
        var l1 = reports
            .Where(report => report.Event == TrainingEvent.Validation)
            .Select(report => report.Validation!.Value.L1)
            .ToArray();
        Assert.True(l1[^1] < 0.5 * l1[0], $"L1 went from {l1[0]:f1} to {l1[^1]:f1}");
    }

    [Fact]
    public void The_structural_loss_is_one_minus_the_metric()
    {
        using var scope = torch.NewDisposeScope();
        RgbImage a = TestTensors.Image(1, 24, 20),
            b = TestTensors.Image(2, 24, 20);
        float loss = StructuralLoss
            .Of(ImageTensor.ToTensor(a, 3, new(DeviceType.CPU)), ImageTensor.ToTensor(b, 3, new(DeviceType.CPU)))
            .item<float>();
        Assert.Equal(1 - ImageScores.Of(a, b).Ssim, loss, 1e-4);
    }

    [Fact]
    public void A_frozen_encoder_stays_until_its_top_block_is_unfrozen_and_resumes_exactly()
    {
        using var folder = new TemporaryFolder();
        var vgg = NetworkCatalog.Create("vgg16");
        WeightInitializer.Create(vgg, InitializationKind.Kaiming, seed: 2).Write(folder.File("vgg"));
        var before = StateDict.Read(folder.File("vgg"));

        var frozen = Transfer(folder, null, 1, null);
        new RegressionTrainer(frozen).Train();
        var options = Transfer(folder, "whole", 3, 1);
        var after = new RegressionTrainer(options).Train().Generators[0].Weights;
        Assert.Equal(before["features.0.weight"].Values, after["features.0.weight"].Values);
        Assert.Equal(before["features.21.weight"].Values, after["features.21.weight"].Values);
        Assert.NotEqual(before["features.28.weight"].Values, after["features.28.weight"].Values);

        using var cancellation = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() =>
            new RegressionTrainer(Transfer(folder, "parts", 3, 1)).Train(
                new Pix2PixTrainerTests.Recorder(
                    [],
                    report =>
                    {
                        if (report.Event == TrainingEvent.Step && report.Step == 3)
                            cancellation.Cancel();
                    }
                ),
                cancellation.Token
            )
        );
        var resumed = Transfer(folder, "parts", 3, 1);
        resumed.Resume = true;
        new RegressionTrainer(resumed).Train();
        Assert.Equal(TinyRun.Hashes(folder.File("whole")), TinyRun.Hashes(folder.File("parts")));
    }

    [Fact]
    public void A_frozen_encoder_without_weights_is_refused()
    {
        var options = Tiny(null);
        options.Generator = "vgg16-unet";
        Assert.Contains(
            "VggWeights",
            Assert.Throws<ArgumentOutOfRangeException>(() => new RegressionTrainer(options).Train()).Message
        );
    }

    private static RegressionTrainer.Options Transfer(TemporaryFolder folder, string? run, int epochs, int? unfreeze)
    {
        var options = Tiny(run is null ? null : folder.File(run));
        (options.Generator, options.GeneratorFilters, options.VggWeights, options.Epochs, options.UnfreezeAfterEpochs) =
            ("vgg16-unet", 2, folder.File("vgg"), epochs, unfreeze);
        options.Pairs = TestTensors.Pairs(2, 16);
        return options;
    }

    internal static RegressionTrainer.Options Tiny(string? folder) =>
        new()
        {
            Pairs = TestTensors.Pairs(4, 16),
            OutputFolder = folder,
            Generator = "plain-unet",
            GeneratorFilters = 4,
            LoadSize = 16,
            CropSize = 16,
            Flip = false,
            Epochs = 2,
            DecayEpochs = 0,
            LearningRate = 5e-3,
            LogEvery = 1,
            Device = TranslationDevice.Cpu,
            Threads = 1,
            ExportModel = false,
            FlushToDisk = false,
        };
}

using MlNetImageTranslation.TestSupport;
using TorchSharp;

namespace MlNetImageTranslation.Trainer.Tests;

/// <summary>A step frees all that it makes: the number of tensors does not grow.</summary>
public sealed class LiveTensorsTests
{
    // Image pools are full, and every kind of step was made once.
    private const int FirstStep = 8,
        Slack = 4;

    [Fact]
    public void Pix2Pix_does_not_gather_tensors()
    {
        var options = TinyRun.Pix2Pix(null);
        AssertConstant(options, new Pix2PixTrainer(Longer(options)).Train);
    }

    [Fact]
    public void WGan_with_gradient_penalty_does_not_gather_tensors()
    {
        var options = TinyRun.Pix2Pix(null);
        options.Objective = AdversarialObjective.Wasserstein;
        options.Norm = Networks.NormalizationKind.Instance;
        options.AccumulationSteps = 2;
        options.DiscriminatorAugmentation = DiscriminatorAugmentation.Color | DiscriminatorAugmentation.Cutout;
        AssertConstant(options, new Pix2PixTrainer(Longer(options)).Train);
    }

    [Fact]
    public void CycleGan_does_not_gather_tensors()
    {
        var options = CycleGanTests.Tiny(null);
        AssertConstant(options, new CycleGanTrainer(Longer(options)).Train);
    }

    [Fact]
    public void BiGan_does_not_gather_tensors()
    {
        var options = BiGanTests.Tiny(null);
        AssertConstant(options, new BiGanTrainer(Longer(options)).Train);
    }

    [Fact]
    public void CoGan_does_not_gather_tensors()
    {
        var options = CoGanTests.Tiny(null);
        AssertConstant(options, new CoGanTrainer(Longer(options)).Train);
    }

    [Fact]
    public void Cut_does_not_gather_tensors()
    {
        var options = OneSidedTests.Cut(null);
        AssertConstant(options, new CutTrainer(Longer(options)).Train);
    }

    [Fact]
    public void SimGan_does_not_gather_tensors()
    {
        var options = OneSidedTests.Tiny(new SimGanTrainer.Options { PoolSize = 3 }, null);
        AssertConstant(options, new SimGanTrainer(Longer(options)).Train);
    }

    [Fact]
    public void Regression_does_not_gather_tensors()
    {
        var options = RegressionTests.Tiny(null);
        AssertConstant(options, new RegressionTrainer(Longer(options)).Train);
    }

    private static T Longer<T>(T options)
        where T : TrainingOptions
    {
        options.Epochs = 8 * LongTests.Factor;
        options.DecayEpochs = 0;
        options.LogEvery = 1;
        return options;
    }

    private static void AssertConstant(
        TrainingOptions options,
        Func<IProgress<TrainingProgress>?, CancellationToken, TrainingResult> train
    )
    {
        // Reports come on the thread that trains. Other tests train on other threads.
        var counts = new List<(long Step, long Live)>();
        var recorder = new Pix2PixTrainerTests.Recorder(
            [],
            report =>
            {
                if (report.Event == TrainingEvent.Step && report.Step >= FirstStep)
                    counts.Add((report.Step, DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount));
            }
        );
        train(recorder, default);
        Assert.True(counts.Count > 2 * FirstStep, $"{options.Epochs} epochs have {counts.Count} steps");
        // Whether an image comes from a pool or goes by decides about one tensor: a few more or less, but no growth.
        Assert.True(
            counts.Max(count => count.Live) - counts.Min(count => count.Live) <= Slack,
            $"tensors at each step: {string.Join(", ", counts.Select(count => count.Live))}"
        );
    }
}

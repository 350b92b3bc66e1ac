using MlNetImageTranslation.Networks;
using MlNetImageTranslation.TestSupport;
using MlNetImageTranslation.Weights;
using TorchSharp;

namespace MlNetImageTranslation.Trainer.Tests;

public sealed class Pix2PixTrainerTests
{
    [Fact]
    public void A_run_writes_what_its_folder_promises()
    {
        using var folder = new TemporaryFolder();
        var options = TinyRun.Pix2Pix(folder.File("run"));
        options.ExportModel = true;
        var events = new List<TrainingProgress>();
        var result = new Pix2PixTrainer(options).Train(new Recorder(events));
        Assert.Equal((24, 3), (result.Steps, result.Epochs));
        Assert.Equal([folder.File("run/model.onnx")], result.ModelFiles);
        Assert.True(File.Exists(folder.File("run/samples/epoch-0002.png")));
        Assert.True(File.Exists(folder.File("run/samples/epoch-0003.png")));
        Assert.True(File.Exists(folder.File("run/snapshots/generator-epoch-0002.safetensors")));
        Assert.True(File.Exists(folder.File("run/snapshots/generator-best.safetensors")));
        Assert.Equal(24, File.ReadLines(folder.File("run/log.jsonl")).Count());
        Assert.Equal(3, File.ReadLines(folder.File("run/validation.jsonl")).Count());
        Assert.StartsWith("""{"step":1,"epoch":1,"d_real":""", File.ReadLines(folder.File("run/log.jsonl")).First());
        Assert.Equal(2, new CheckpointFolder(folder.File("run/checkpoints")).All.Count);
        Assert.Equal(24, events.Count(report => report.Event == TrainingEvent.Step));
        Assert.Equal(TrainingEvent.Finished, events[^1].Event);
        var snapshot = TrainedGenerator.Load(folder.File("run/snapshots/generator-epoch-0002.safetensors"));
        Assert.Equal(
            (2, 16L, "pix2pix", 1),
            (
                snapshot.Provenance.Epoch,
                snapshot.Provenance.Steps,
                snapshot.Provenance.Trainer,
                snapshot.Provenance.BatchSize
            )
        );
        Assert.Equal(new ImageSize(16, 16), snapshot.TrainingSize);
    }

    [Fact]
    public void Training_makes_generated_images_resemble_their_targets()
    {
        var options = TinyRun.Pix2Pix(null);
        (
            options.Epochs,
            options.DecayEpochs,
            options.Dropout,
            options.LearningRate,
            options.Flip,
            options.LoadSize,
            options.AverageDecay
        ) = (40, 0, false, 2e-3, false, 16, 0);
        options.ValidationPairs = options.Pairs = TestTensors.Pairs(4, 16);
        var scores = new List<TrainingProgress>();
        new Pix2PixTrainer(options).Train(new Recorder(scores));
        var l1 = scores
            .Where(report => report.Event == TrainingEvent.Validation)
            .Select(report => report.Validation!.Value.L1)
            .ToArray();
        Assert.True(l1[^1] < 0.4 * l1[0], $"L1 went from {l1[0]:f1} to {l1[^1]:f1}");
    }

    [Fact]
    public void Live_tensors_do_not_grow_over_500_steps()
    {
        var options = TinyRun.Pix2Pix(null);
        (options.Epochs, options.DecayEpochs, options.LogEvery, options.ValidationPairs) = (63, 0, 1, null);
        var live = new List<long>();
        new Pix2PixTrainer(options).Train(
            new Recorder(
                [],
                report =>
                {
                    if (report.Event == TrainingEvent.Step)
                        live.Add(DisposeScopeManager.Statistics.ThreadTotalLiveCount);
                }
            )
        );
        Assert.Equal(504, live.Count);
        Assert.Equal(live[10], live[^1]);
        Assert.Equal(live[10], live.Skip(10).Max());
    }

    [Fact]
    public void All_options_that_change_the_step_train()
    {
        foreach (
            var change in new Action<Pix2PixTrainer.Options>[]
            {
                options => options.DiscriminatorScales = 2,
                options => options.FeatureMatchingWeight = 10,
                options => options.TotalVariationWeight = 1,
                options => (options.SeparateDiscriminatorUpdates, options.SecondGeneratorPass) = (true, true),
                options => options.Objective = AdversarialObjective.Wasserstein,
                options => (options.InputChannels, options.OutputChannels) = (1, 1),
                options => options.BatchSize = 3,
                options => options.Norm = NormalizationKind.Instance,
                options => options.Discriminator = "pixel",
                options => options.LearningRatePolicy = LearningRatePolicy.Plateau,
            }
        )
        {
            var options = TinyRun.Pix2Pix(null);
            (options.Epochs, options.DecayEpochs) = (1, 0);
            change(options);
            if (options.Discriminator == "pixel")
                options.DiscriminatorLayers = null;
            var losses = new List<TrainingProgress>();
            new Pix2PixTrainer(options).Train(new Recorder(losses));
            Assert.All(
                losses.Where(report => report.Event == TrainingEvent.Step).SelectMany(report => report.Losses.Values),
                loss => Assert.True(float.IsFinite(loss))
            );
        }
    }

    [Fact]
    public void An_infinite_loss_stops_the_run_and_names_the_images()
    {
        var options = TinyRun.Pix2Pix(null);
        options.LearningRate = 1e30;
        Assert.Contains(
            "row ",
            Assert.Throws<NotFiniteNumberException>(() => new Pix2PixTrainer(options).Train()).Message
        );
    }

    [Fact]
    public void Options_out_of_range_are_refused_by_name()
    {
        var options = TinyRun.Pix2Pix(null);
        options.CropSize = 64;
        Assert.Equal(
            nameof(options.LoadSize),
            Assert.Throws<ArgumentOutOfRangeException>(() => new Pix2PixTrainer(options)).ParamName
        );
    }

    internal sealed class Recorder(List<TrainingProgress> reports, Action<TrainingProgress>? more = null)
        : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            reports.Add(value);
            more?.Invoke(value);
        }
    }
}

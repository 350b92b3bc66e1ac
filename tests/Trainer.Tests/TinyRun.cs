using System.Security.Cryptography;
using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Networks;
using MlNetImageTranslation.TestSupport;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Trainer.Tests;

/// <summary>Runs small enough to be made many times in a test.</summary>
internal static class TinyRun
{
    /// <summary>pix2pix on eight pairs of 20 pixels, with everything in it that depends on chance.</summary>
    public static Pix2PixTrainer.Options Pix2Pix(string? folder) =>
        new()
        {
            Pairs = TestTensors.Pairs(8, 20),
            ValidationPairs = TestTensors.Pairs(2, 20),
            OutputFolder = folder,
            Generator = "resnet-1",
            GeneratorFilters = 4,
            Norm = NormalizationKind.Batch,
            Dropout = true,
            DiscriminatorFilters = 4,
            DiscriminatorLayers = 1,
            LoadSize = 20,
            CropSize = 16,
            Epochs = 2,
            DecayEpochs = 1,
            LogEvery = 1,
            // On a GPU not every backward pass gives the same bits twice.
            Device = TranslationDevice.Cpu,
            Threads = 1,
            Seed = 9,
            CheckpointEverySteps = 3,
            SampleEveryEpochs = 2,
            SnapshotEveryEpochs = 2,
            AverageDecay = 0.9,
            ExportModel = false,
            FlushToDisk = false,
        };

    /// <summary>SHA-256 of every file of the newest checkpoint and of the logs.</summary>
    public static Dictionary<string, string> Hashes(string folder)
    {
        string checkpoint = new CheckpointFolder(Path.Combine(folder, "checkpoints")).All[0];
        string[] logs = [Path.Combine(folder, "log.jsonl"), Path.Combine(folder, "validation.jsonl")];
        return Directory
            .EnumerateFiles(checkpoint)
            .Concat(logs)
            .Order(StringComparer.Ordinal)
            .ToDictionary(
                path => Path.GetRelativePath(folder, path),
                path => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)))
            );
    }

    /// <summary>
    /// Trains once without a break, and once with breaks after some steps, as by Ctrl-C; both must end with the same
    /// bits. Returns the hashes of the former.
    /// </summary>
    public static Dictionary<string, string> CompareInterrupted<TOptions>(
        Func<string, TOptions> create,
        Action<TOptions, IProgress<TrainingProgress>?, CancellationToken> train,
        params ReadOnlySpan<int> stops
    )
        where TOptions : TrainingOptions
    {
        using var folder = new TemporaryFolder();
        train(create(folder.File("whole")), null, default);
        foreach (int stop in stops)
        {
            using var cancellation = new CancellationTokenSource();
            var part = create(folder.File("parts"));
            part.Resume = true;
            var recorder = new Pix2PixTrainerTests.Recorder(
                [],
                report =>
                {
                    if (report.Event == TrainingEvent.Step && report.Step >= stop)
                        cancellation.Cancel();
                }
            );
            Assert.Throws<OperationCanceledException>(() => train(part, recorder, cancellation.Token));
        }
        var rest = create(folder.File("parts"));
        rest.Resume = true;
        train(rest, null, default);
        var hashes = Hashes(folder.File("whole"));
        Assert.Equal(hashes, Hashes(folder.File("parts")));
        return hashes;
    }

    /// <summary>Goes on with the run in the folder (or begins it) and stops after the step, as Ctrl-C does.</summary>
    public static void Interrupt(string folder, int step, Action<Pix2PixTrainer.Options>? change = null)
    {
        using var cancellation = new CancellationTokenSource();
        var options = Pix2Pix(folder);
        options.Resume = true;
        change?.Invoke(options);
        var stop = new Pix2PixTrainerTests.Recorder(
            [],
            report =>
            {
                if (report.Event == TrainingEvent.Step && report.Step >= step)
                    cancellation.Cancel();
            }
        );
        Assert.Throws<OperationCanceledException>(() => new Pix2PixTrainer(options).Train(stop, cancellation.Token));
    }

    /// <summary>Goes on with the run in the folder to its end and returns the warnings.</summary>
    public static IReadOnlyList<string> Resume(string folder, Action<Pix2PixTrainer.Options>? change = null)
    {
        var reports = new List<TrainingProgress>();
        var options = Pix2Pix(folder);
        options.Resume = true;
        change?.Invoke(options);
        new Pix2PixTrainer(options).Train(new Pix2PixTrainerTests.Recorder(reports));
        return [.. reports.Where(report => report.Event == TrainingEvent.Warning).Select(report => report.Message!)];
    }
}

using MlNetImageTranslation.Datasets;
using TorchSharp;

namespace MlNetImageTranslation.Trainer;

/// <summary>A run from options to result: run folder, threads, loop, export.</summary>
internal static class TrainingRun
{
    /// <summary>
    /// The device of a run, and its options with a seed: nothing of a run may be read before a GPU that is not there
    /// is refused.
    /// </summary>
    /// <exception cref="InvalidOperationException">A GPU was asked for that is not there.</exception>
    public static (T Options, Device Device) Prepare<T>(T options, IProgress<TrainingProgress>? progress)
        where T : TrainingOptions
    {
        IneffectiveOptions.RefuseForTrain(options);
        IneffectiveOptions.Warn(options, progress);
        var device = TrainingDevice.Resolve(options, Warn);
        var prepared = options.Copy<T>();
        if (options is { Resume: true, OutputFolder: { } folder })
        {
            prepared.Seed ??= RunRecord.Seed(new(folder));
            DataFolders.Find(prepared, RunRecord.Folders(new(folder)));
        }
        prepared.FillDefaults();
        return (prepared, device);

        void Warn(string message) => progress.Warn(options, message);
    }

    /// <summary>Runs it.</summary>
    public static TrainingResult Execute(
        TrainingOptions options,
        SampleSource training,
        SampleSource? validation,
        IReadOnlyList<(string Name, NetworkGraph Graph)> networks,
        Func<TrainingSession> createSession,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        IneffectiveOptions.CheckForData(options, validation is not null, progress);
        SampleSizes.Require(options, training, networks);
        var folder = options.OutputFolder is { } path ? new RunFolder(path) : null;
        using var held = folder is null ? null : new RunLock(folder);
        folder?.DeleteLeftovers(options.Epochs + options.DecayEpochs, networks.Select(network => network.Name));
        int threads = folder is null
            ? RunRecord.ThreadsOf(options)
            : RunRecord.Open(
                folder,
                options,
                networks,
                Math.Min(training.Count, options.MaximumDataSize ?? int.MaxValue),
                validation?.Count ?? 0,
                training.Files,
                message => progress.Warn(options, message)
            );
        using var settings = new TorchSettings(threads);
        using var session = createSession();
        using var waiting = new AdaptiveWaiting(session.Device.type == DeviceType.CPU ? threads : 1);
        if (folder is not null && session.Exports)
            foreach (var generator in session.Generators)
                KeepVerificationImages(folder, generator, session.Generators.Count > 1);
        using var views = folder is null ? null : new RunViews(folder.Path, options.TensorBoard, progress);
        using var loop = new TrainingLoop(options, session, training, validation, folder, views ?? progress);
        var state = loop.Run(cancellationToken);
        var result = new TrainingResult
        {
            Generators = [.. session.Generators.Select(generator => loop.Describe(generator, generator.Product))],
            Steps = state.Step,
            Epochs = state.Epoch,
            StoppedEarly = state.Stopped,
            BestEpoch = state.BestScore is null ? null : state.BestEpoch,
            BestL1 = state.BestScore,
            OutputFolder = folder?.Path,
        };
        return folder is null || !options.ExportModel || !session.Exports
            ? result
            : result with
            {
                ModelFiles = Export(folder, result.Generators),
            };

        void KeepVerificationImages(RunFolder run, GeneratorRole generator, bool bothWays)
        {
            bool targets = bothWays && generator.Direction == TranslationDirection.BtoA;
            try
            {
                VerificationImages.Save(run.Path, generator.Name, validation ?? training, targets);
            }
            catch (Exception exception)
                when (validation is not null
                    && exception
                        is IOException
                            or FormatException
                            or InvalidDataException
                            or UnauthorizedAccessException
                )
            {
                progress.Warn(options, $"Models are not verified on validation images: {exception.Message}");
                VerificationImages.Save(run.Path, generator.Name, training, targets);
            }
        }
    }

    private static List<string> Export(RunFolder folder, IReadOnlyList<TrainedGenerator> generators)
    {
        var files = new List<string>();
        foreach (var generator in generators)
        {
            string file = folder.Model(generator.Name);
            ModelExporter.Export(generator, file, null, VerificationImages.Load(folder.Path, generator.Name));
            files.Add(file);
        }
        return files;
    }
}

using MlNetImageTranslation.Datasets;

namespace MlNetImageTranslation.Trainer;

/// <summary>A run from options to result: run folder, threads, loop, export.</summary>
internal static class TrainingRun
{
    /// <summary>Runs it.</summary>
    public static TrainingResult Execute(
        TrainingOptions options,
        string trainer,
        SampleSource training,
        SampleSource? validation,
        IReadOnlyList<(string Name, NetworkGraph Graph)> networks,
        Func<TrainingSession> createSession,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        var folder = options.OutputFolder is null
            ? null
            : RunFolder.Open(options, trainer, networks, training.Count, validation?.Count ?? 0);
        int threads = folder?.Threads ?? (options.Threads > 0 ? options.Threads : Environment.ProcessorCount);
        using var settings = new TorchSettings(threads);
        FreedMemory.Keep();
        using var session = createSession();
        if (folder is not null)
            foreach (var generator in session.Generators)
                VerificationImages.Save(
                    folder.Path,
                    generator.Name,
                    validation ?? training,
                    targets: session.Generators.Count > 1 && generator.Direction == TranslationDirection.BtoA
                );
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
        return folder is null || !options.ExportModel
            ? result
            : result with
            {
                ModelFiles = Export(folder, result.Generators),
            };
    }

    private static List<string> Export(RunFolder folder, IReadOnlyList<TrainedGenerator> generators)
    {
        var files = new List<string>();
        foreach (var generator in generators)
        {
            string file = folder.In(generator.Name.Replace("generator", "model", StringComparison.Ordinal) + ".onnx");
            ModelExporter.Export(generator, file, null, VerificationImages.Load(folder.Path, generator.Name));
            files.Add(file);
        }
        return files;
    }
}

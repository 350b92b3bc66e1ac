namespace MlNetImageTranslation.Trainer;

/// <summary>Generators as they are at some point of a run, with what is known about their training.</summary>
/// <param name="options">The run's options.</param>
/// <param name="trainer">Which trainer it is.</param>
/// <param name="trainingImages">Images that it trains on.</param>
/// <param name="validationImages">Images that it is validated on; null where there are none.</param>
internal sealed class GeneratorSnapshots(
    TrainingOptions options,
    TrainerKind trainer,
    int trainingImages,
    int? validationImages
)
{
    /// <summary>A generator with the weights of its network, or of its average.</summary>
    /// <param name="generator">The generator.</param>
    /// <param name="weights">Its network, or the average.</param>
    /// <param name="epoch">Epochs finished.</param>
    /// <param name="step">Steps made.</param>
    public TrainedGenerator Describe(GeneratorRole generator, TorchNetwork weights, int epoch, long step) =>
        new TrainedGenerator(
            generator.Name,
            generator.Network.Graph,
            weights.Export(),
            new()
            {
                Trainer = trainer.FileName(),
                Direction = generator.Direction.ToString(),
                Epoch = epoch,
                Steps = step,
                BatchSize = options.BatchSize,
                DataSet = options.DataFolder is null
                    ? null
                    : Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.DataFolder))),
                TrainingImages = trainingImages,
                ValidationImages = validationImages,
            },
            options.TrainingSize
        ).By(RecipeNames.Of(options));

    /// <summary>Writes a network file of the generator's product.</summary>
    /// <param name="generator">The generator.</param>
    /// <param name="path">The file; its folder is made where it is missing.</param>
    /// <param name="epoch">Epochs finished.</param>
    /// <param name="step">Steps made.</param>
    public void Save(GeneratorRole generator, string path, int epoch, long step)
    {
        string folder = Path.GetDirectoryName(path)!;
        NewFolder.Make(folder);
        Describe(generator, generator.Product, epoch, step).Save(path, options.FlushToDisk);
        if (options.FlushToDisk)
            DirectoryFlush.Run(folder);
    }
}

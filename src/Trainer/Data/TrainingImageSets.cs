using MlNetImageTranslation.Datasets;

namespace MlNetImageTranslation.Trainer;

/// <summary>The training samples of a CycleGAN run, and those of its sample grids.</summary>
internal static class TrainingImageSets
{
    /// <summary>Finds the two sets where the options say they are.</summary>
    /// <exception cref="InvalidDataException">A set is empty.</exception>
    public static (UnpairedSamples Training, UnpairedSamples? Validation) Open(
        CycleGanTrainer.Options options,
        IProgress<TrainingProgress>? progress
    )
    {
        var a = options.Sources ?? ImageSet.FromFolderOrStore(options.SourceFolder ?? InDataFolder(options, "A"));
        var b = options.Targets ?? ImageSet.FromFolderOrStore(options.TargetFolder ?? InDataFolder(options, "B"));
        if (options.Sources is null)
            a = DataCheck.Filter(a, "trainA", options, progress);
        if (options.Targets is null)
            b = DataCheck.Filter(b, "trainB", options, progress);
        var training = Create(options, a, b, options.Preprocessing);
        string? testA = TestFolder(options, "A"),
            testB = TestFolder(options, "B");
        if (options.Sources is not null || options.SourceFolder is not null || testA is null || testB is null)
            return (training, null);
        return (
            training,
            Create(
                options,
                ImageSet.FromFolder(testA),
                ImageSet.FromFolder(testB),
                options.Preprocessing with
                {
                    Flip = false,
                }
            )
        );
    }

    private static UnpairedSamples Create(
        CycleGanTrainer.Options options,
        ImageSet a,
        ImageSet b,
        Preprocessing preprocessing
    )
    {
        if (a.Count == 0 || b.Count == 0)
            throw new InvalidDataException(
                $"CycleGAN needs images of both kinds, but there are {a.Count} and {b.Count}."
            );
        (a, b) = (First(a, options.MaximumDataSize), First(b, options.MaximumDataSize));
        if (options.Direction == TranslationDirection.BtoA)
            (a, b) = (b, a);
        return new(
            a,
            b,
            preprocessing,
            options.Order == SampleOrder.Serial,
            options.SeedOrZero,
            options.ImageCacheMegabytes * (1L << 20)
        );
    }

    private static ImageSet First(ImageSet images, int? maximum) =>
        maximum is { } most && most < images.Count ? images.Subset(Enumerable.Range(0, most).ToArray()) : images;

    private static string InDataFolder(CycleGanTrainer.Options options, string side)
    {
        string folder =
            options.DataFolder
            ?? throw new ArgumentException(
                "There is nothing to train on: set DataFolder (with trainA and trainB in it), SourceFolder and "
                    + "TargetFolder, or Sources and Targets.",
                nameof(options)
            );
        string train = Path.Combine(folder, "train" + side),
            plain = Path.Combine(folder, side);
        return Directory.Exists(train) || File.Exists(train + ImageStore.Extension) || !Directory.Exists(plain)
            ? train
            : plain;
    }

    private static string? TestFolder(CycleGanTrainer.Options options, string side) =>
        options.DataFolder is not { } folder
            ? null
            : new[] { "val", "test" }
                .Select(phase => Path.Combine(folder, phase + side))
                .FirstOrDefault(ImageFolder.Any);
}

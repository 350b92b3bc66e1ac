using MlNetImageTranslation.Datasets;

namespace MlNetImageTranslation.Trainer;

/// <summary>The training samples of a run on unpaired sets, and those of its sample grids.</summary>
internal static class TrainingImageSets
{
    /// <summary>Finds the two sets where the options say they are.</summary>
    /// <exception cref="InvalidDataException">A set is empty.</exception>
    public static (UnpairedSamples Training, UnpairedSamples? Validation) Open<TOptions>(
        TOptions options,
        IProgress<TrainingProgress>? progress
    )
        where TOptions : TrainingOptions, IUnpairedData
    {
        var a = options.Sources ?? FromFolder(options.SourceFolder, options, "A");
        var b = options.Targets ?? FromFolder(options.TargetFolder, options, "B");
        if (options.Sources is null)
            a = DataCheck.Filter(a, "trainA", options, progress);
        if (options.Targets is null)
            b = DataCheck.Filter(b, "trainB", options, progress);
        var training = Create(options, a, b, options.Preprocessing);
        return (
            training,
            FindValidation(options, progress) is var (testA, testB)
                ? Create(options, testA, testB, options.Preprocessing with { Flip = false })
                : null
        );
    }

    private static UnpairedSamples Create<TOptions>(
        TOptions options,
        ImageSet a,
        ImageSet b,
        Preprocessing preprocessing
    )
        where TOptions : TrainingOptions, IUnpairedData
    {
        if (a.Count == 0 || b.Count == 0)
            throw new InvalidDataException(
                $"Training needs images of both kinds, but there are {a.Count} and {b.Count}."
            );
        a = First(a, options.MaximumDataSize);
        b = First(b, options.MaximumDataSize);
        bool forward = options.Direction == TranslationDirection.AtoB;
        return new(
            forward ? a : b,
            forward ? b : a,
            preprocessing,
            options.Order == SampleOrder.Serial,
            options.SeedOrZero,
            options.ImageCacheMegabytes * (1L << 20)
        )
        {
            RecolorsTargets = options is not OneSidedOptions,
        };
    }

    private static ImageSet First(ImageSet images, int? maximum) =>
        maximum is { } most && most < images.Count ? images.Subset(Enumerable.Range(0, most).ToArray()) : images;

    private static ImageSet FromFolder(string? setFolder, TrainingOptions options, string side)
    {
        if (setFolder is not null)
            return ImageSet.FromFolderOrStore(setFolder);
        string folder =
            options.DataFolder
            ?? throw new ArgumentException(
                "There is nothing to train on: set DataFolder (with trainA and trainB in it), SourceFolder and "
                    + "TargetFolder, or Sources and Targets.",
                nameof(options)
            );
        return ImageSet.TrySideFromDataSet(folder, "train", side)
            ?? throw new InvalidDataException(
                $"Folder '{folder}' holds no images of kind {side}: expected some in 'train{side}' or '{side}'."
            );
    }

    /// <summary>The sets of the sample grids: those of val, else of test, if good images of both are there.</summary>
    private static (ImageSet A, ImageSet B)? FindValidation<TOptions>(
        TOptions options,
        IProgress<TrainingProgress>? progress
    )
        where TOptions : TrainingOptions, IUnpairedData
    {
        if (options.Sources is not null || options.SourceFolder is not null || options.DataFolder is not { } folder)
            return null;
        foreach (string phase in (ReadOnlySpan<string>)["val", "test"])
        {
            if (
                ImageSet.TryBothFromDataSet(folder, phase) is var (a, b)
                && DataCheck.FilterForReports(a, phase + "A", options, progress) is { } goodA
                && DataCheck.FilterForReports(b, phase + "B", options, progress) is { } goodB
            )
                return (goodA, goodB);
        }
        return null;
    }
}

using MlNetImageTranslation.Datasets;

namespace MlNetImageTranslation.Trainer;

/// <summary>The training and validation samples of a run on pairs.</summary>
internal static class TrainingPairs
{
    /// <summary>Finds the pairs where the options say they are.</summary>
    /// <exception cref="InvalidDataException">There are none, or none left to train on; or a label image has pixels of
    /// no class.</exception>
    public static (PairedSamples Training, PairedSamples? Validation) Open<TOptions>(
        TOptions options,
        IProgress<TrainingProgress>? progress
    )
        where TOptions : PairedOptions
    {
        var (folder, layout, validation) = (options.DataFolder, options.Layout, options.ValidationPairs);
        var (instances, validationInstances) = (options.Instances, options.ValidationInstances);
        string validationPhase = "train";
        var training =
            options.Pairs
            ?? FromFolder(
                folder
                    ?? throw new ArgumentException(
                        "There is nothing to train on: set DataFolder or Pairs.",
                        nameof(options)
                    ),
                "train",
                layout
            );
        if (training is null)
            throw new InvalidDataException($"Folder '{folder}' holds no images, nor does its sub-folder 'train'.");
        if (options.Pairs is null)
        {
            training = DataCheck.Filter(training, "train", options, progress);
            foreach (string phase in (ReadOnlySpan<string>)["val", "test"])
                if (validation is null && CheckedForReports(folder!, phase, options, progress) is { } held)
                    (validation, validationPhase) = (held, phase);
        }
        // Colorization goes from luma to colour, whatever the direction.
        var direction = layout == PairLayout.Colorization ? TranslationDirection.AtoB : options.Direction;
        if (training.Count == 0)
            throw new InvalidDataException("There is nothing to train on: the dataset has no pairs.");
        InstanceFolder? place = null,
            validationPlace = null;
        if (options.InstanceFolder is { } given)
        {
            place = InstanceFolder.OfPhase(given, "train");
            training = WithInstances(training, place);
            if (training.Count == 0)
                throw new InvalidDataException(
                    "There is nothing to train on: all instance images are bad. The warnings before say why."
                );
            // Those held back from the training images are beside theirs.
            validationPlace = validationPhase == "train" ? place : InstanceFolder.OfPhase(given, validationPhase);
            if (validation is not null && WithInstances(validation, validationPlace) is var rest)
                validation = rest.Count > 0 ? rest : null;
        }
        if (validation is not null && options is { ValidationPairs: null, ValidationFraction: > 0 })
            progress.Warn(
                options,
                $"{nameof(options.ValidationFraction)} is without effect: the dataset has a '{validationPhase}' part."
            );
        if (validation is null && options.ValidationFraction > 0)
        {
            var (kept, held) = ValidationSplit.Of(training.Count, options.ValidationFraction, options.SeedOrZero);
            (validation, training) = (training.Subset(held), training.Subset(kept));
            (validationInstances, instances) = (
                PairInstances.Subset(instances, held),
                PairInstances.Subset(instances, kept)
            );
        }
        if (
            options.InstanceColumnName is not null
            && (instances is null || (validation is not null && validationInstances is null))
        )
            throw new ArgumentException(
                $"{nameof(options.InstanceColumnName)} is for Fit, which reads all pairs from columns; beside files, "
                    + $"instance images come from {nameof(options.InstanceFolder)}.",
                nameof(options)
            );
        if (options.LabelCount is { } labels)
        {
            int used = Math.Min(training.Count, options.MaximumDataSize ?? int.MaxValue);
            LabelCheck.Require(training.Subset([.. Enumerable.Range(0, used)]), direction, labels);
            if (validation is not null)
                LabelCheck.Require(validation, direction, labels);
        }
        else if (
            options.CreateLabels() is { } palette
            && LabelCheck.FindPhotograph(training, direction, palette) is { } found
        )
            progress.Warn(options, found);
        long cache = options.ImageCacheMegabytes * (1L << 20);
        return (
            Samples(training, options.Preprocessing, cache, place, instances),
            validation is null
                ? null
                : Samples(
                    validation,
                    options.Preprocessing with
                    {
                        Flip = false,
                    },
                    cache / 8,
                    validationPlace,
                    validationInstances
                )
        );

        PairedSamples Samples(
            ImagePairs pairs,
            Preprocessing preprocessing,
            long cacheBytes,
            InstanceFolder? found,
            IReadOnlyList<RgbImage>? images
        ) =>
            new(pairs, direction, preprocessing, options.SeedOrZero, cacheBytes)
            {
                Labels = options.ReadsLabels,
                Instances =
                    images is not null ? new(images)
                    : found is not null ? new(index => InstanceCheck.FileOf(found, pairs, direction, index))
                    : null,
            };

        ImagePairs WithInstances(ImagePairs pairs, InstanceFolder found) =>
            InstanceCheck.Filter(pairs, direction, found, options, progress);
    }

    private static ImagePairs? CheckedForReports(
        string folder,
        string phase,
        PairedOptions options,
        IProgress<TrainingProgress>? progress
    ) =>
        FromFolder(folder, phase, options.Layout) is { } pairs
            ? DataCheck.FilterForReports(pairs, phase, options, progress)
            : null;

    private static ImagePairs? FromFolder(string folder, string phase, PairLayout layout)
    {
        if (layout == PairLayout.Aligned)
            return phase == "train" ? ImagePairs.FromDataSet(folder) : ImagePairs.TryFromDataSet(folder, phase);
        return ImageSet.TryFromDataSet(folder, phase) is { } images ? ImagePairs.FromColorization(images) : null;
    }
}

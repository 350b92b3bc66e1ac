namespace MlNetImageTranslation.Trainer;

/// <summary>The training and validation samples of a run on pairs.</summary>
internal static class TrainingPairs
{
    /// <summary>Finds the pairs where the options say they are.</summary>
    /// <exception cref="InvalidDataException">There are none, or none left to train on.</exception>
    public static (PairedSamples Training, PairedSamples? Validation) Open(TrainingOptions options, PicturePairs? pairs, PicturePairs? validation, TranslationDirection direction)
    {
        var training = pairs ?? PicturePairs.FromDataSet(options.DataFolder
            ?? throw new ArgumentException("There is nothing to train on: set DataFolder or Pairs.", nameof(options)));
        if (pairs is null) validation ??= PicturePairs.TryFromDataSet(options.DataFolder!, "val") ?? PicturePairs.TryFromDataSet(options.DataFolder!, "test");
        if (training.Count == 0) throw new InvalidDataException("There is nothing to train on: the data set has no pairs.");
        if (validation is null && options.ValidationFraction > 0)
        {
            var (kept, held) = ValidationSplit.Of(training.Count, options.ValidationFraction, options.Seed);
            (validation, training) = (training.Subset(held), training.Subset(kept));
        }
        long cache = options.PictureCacheMegabytes * (1L << 20);
        return (new(training, direction, options.Preprocessing, options.Seed, cache),
            validation is null ? null : new(validation, direction, options.Preprocessing with { Flip = false }, options.Seed, cache / 8));
    }
}

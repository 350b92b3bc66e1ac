using MlNetImageTranslation.Datasets;

namespace MlNetImageTranslation.Trainer;

/// <summary>Looks through label images whose levels should be numbers of classes, before training.</summary>
internal static class LabelCheck
{
    /// <summary>Refuses pairs whose source has pixels of no class. Images that cannot be read are left to the run.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="direction">Which of a pair is the label image.</param>
    /// <param name="count">The number of classes.</param>
    /// <exception cref="InvalidDataException">There is such a pixel; the message names the first image.</exception>
    public static void Require(ImagePairs pairs, TranslationDirection direction, int count)
    {
        string? problem = ParallelEnumerable
            .Range(0, pairs.Count)
            .AsOrdered()
            .Select(index => Find(pairs, direction, count, index))
            .FirstOrDefault(found => found is not null);
        if (problem is not null)
            throw new InvalidDataException(problem);
    }

    private static string? Find(ImagePairs pairs, TranslationDirection direction, int count, int index)
    {
        RgbImage labels;
        try
        {
            // The other image of the pair, often a photograph, is not decoded.
            labels = direction == TranslationDirection.AtoB ? pairs.LoadA(index) : pairs.LoadB(index);
        }
        catch (Exception exception)
            when (exception is FormatException or IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return null;
        }
        var files = pairs.FilesOf(index);
        return LabelLevels.FindOther(labels.Pixels, labels.Width, count) is { } other
            ? $"Label image '{(direction == TranslationDirection.AtoB ? files[0] : files[^1])}' has {other}; expected "
                + FormattableString.Invariant(
                    $"gray levels of 0 to {count - 1}, because {nameof(PairedOptions.LabelCount)} is {count}."
                )
            : null;
    }
}

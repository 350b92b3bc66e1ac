using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Looks through the files of instance images before training. They are images of their own kind: one of a single
/// colour is no bad one.
/// </summary>
internal static class InstanceCheck
{
    /// <summary>The pairs without those whose instance image cannot be read.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="direction">Which of a pair is the label image.</param>
    /// <param name="folder">Where the instance images are.</param>
    /// <param name="options">What to do about bad images.</param>
    /// <param name="progress">Hears what is left out.</param>
    /// <exception cref="InvalidDataException">There is none for a pair, or one of another size than its label image; or
    /// one cannot be read and the policy is to fail.</exception>
    public static ImagePairs Filter(
        ImagePairs pairs,
        TranslationDirection direction,
        InstanceFolder folder,
        TrainingOptions options,
        IProgress<TrainingProgress>? progress
    )
    {
        string[] files = [.. Enumerable.Range(0, pairs.Count).Select(i => FileOf(folder, pairs, direction, i))];
        var found = ParallelEnumerable
            .Range(0, pairs.Count)
            .AsOrdered()
            .Select(index => Look(files[index], pairs, direction, index, options.BadImages != BadImages.Ignore))
            .ToArray();
        if (found.Select(one => one.WrongSize).FirstOrDefault(text => text is not null) is { } wrongSize)
            throw new InvalidDataException(wrongSize);
        if (options.BadImages == BadImages.Ignore)
            return pairs;
        var kept = new List<int>();
        foreach (var (index, (unreadable, _)) in found.Index())
        {
            if (unreadable is null)
                kept.Add(index);
            else if (options.BadImages == BadImages.Fail)
                throw new InvalidDataException(unreadable);
            else
                progress.Warn(
                    options,
                    $"Pair '{pairs.NameOf(index)}' is left out for its instance image: {unreadable}"
                );
        }
        return kept.Count == pairs.Count ? pairs : pairs.Subset([.. kept]);
    }

    /// <summary>The instance image of a pair.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public static string FileOf(InstanceFolder folder, ImagePairs pairs, TranslationDirection direction, int index) =>
        folder.FileOf(SourceImages.FileOf(pairs, direction, index));

    /// <summary>What to say of an instance image of another size than its label image.</summary>
    public static string WrongSize(string? file, string pair, ImageSize instances, ImageSize labels) =>
        $"The instance image {(file is null ? "" : $"'{file}' ")}of pair '{pair}' is {instances}; expected {labels}, "
        + "the size of its label image.";

    private static (string? Unreadable, string? WrongSize) Look(
        string file,
        ImagePairs pairs,
        TranslationDirection direction,
        int index,
        bool decode
    )
    {
        ImageSize instances;
        try
        {
            instances = decode ? PairSizes.Of(ImageDecoder.DecodeInstances(file)) : PairSizes.OfFile(file);
        }
        catch (Exception exception) when (IsOfTheFile(exception))
        {
            return (exception.Message, null);
        }
        ImageSize labels;
        try
        {
            var (a, b) = PairSizes.Of(pairs, index);
            labels = direction == TranslationDirection.AtoB ? a.Size : b.Size;
        }
        catch (Exception exception) when (IsOfTheFile(exception))
        {
            // Left to the run, whatever was decided about such pairs.
            return (null, null);
        }
        return (null, instances == labels ? null : WrongSize(file, pairs.NameOf(index), instances, labels));
    }

    private static bool IsOfTheFile(Exception exception) =>
        exception is FormatException or IOException or InvalidDataException or UnauthorizedAccessException;
}

using MlNetImageTranslation.Datasets;

namespace MlNetImageTranslation.Trainer;

/// <summary>Looks, before training, whether label images are such.</summary>
internal static class LabelCheck
{
    // What JPEG does to a flat colour is less, but at its borders.
    private const int LargestDeviation = 16;

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

    /// <summary>
    /// What to say of a first pair whose source has few colours of the palette: a photograph, as a rule, which would be
    /// taken for labels all the same. Null where the source looks like a label image, or cannot be read.
    /// </summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="direction">Which of a pair is the label image.</param>
    /// <param name="labels">The planes that the colours become.</param>
    public static string? FindPhotograph(ImagePairs pairs, TranslationDirection direction, LabelPlanesLayer labels)
    {
        if (pairs.Count == 0 || Read(pairs, direction, 0) is not { } image)
            return null;
        int[] colors = [.. labels.Colors, .. labels.IgnoredColors];
        int strange = 0;
        for (int i = 0; i < image.Pixels.Length; i += 3)
            if (!Array.Exists(colors, color => IsNear(image.Pixels.AsSpan(i, 3), color)))
                strange++;
        double share = 3.0 * strange / image.Pixels.Length;
        return share <= 0.5
            ? null
            : FormattableString.Invariant(
                $"{share * 100:0}% of label image '{SourceImages.FileOf(pairs, direction, 0)}' has no colour "
            )
                + $"near one of the palette, and takes the nearest. If it is not the label image of its pair, set "
                + $"{nameof(GeneratorOptions.Direction)} = {Other(direction)}.";
    }

    private static TranslationDirection Other(TranslationDirection direction) =>
        direction == TranslationDirection.AtoB ? TranslationDirection.BtoA : TranslationDirection.AtoB;

    private static bool IsNear(ReadOnlySpan<byte> pixel, int color) =>
        Math.Abs(pixel[0] - (color >> 16)) <= LargestDeviation
        && Math.Abs(pixel[1] - ((color >> 8) & 255)) <= LargestDeviation
        && Math.Abs(pixel[2] - (color & 255)) <= LargestDeviation;

    private static string? Find(ImagePairs pairs, TranslationDirection direction, int count, int index) =>
        Read(pairs, direction, index) is { } labels
        && LabelLevels.FindOther(labels.Pixels, labels.Width, count) is { } other
            ? $"Label image '{SourceImages.FileOf(pairs, direction, index)}' has {other}; expected "
                + FormattableString.Invariant(
                    $"gray levels of 0 to {count - 1}, because {nameof(PairedOptions.LabelCount)} is {count}."
                )
            : null;

    private static RgbImage? Read(ImagePairs pairs, TranslationDirection direction, int index)
    {
        try
        {
            return SourceImages.Load(pairs, direction, index);
        }
        catch (Exception exception)
            when (exception is FormatException or IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

using MlNetImageTranslation.Datasets;

namespace MlNetImageTranslation.Trainer;

/// <summary>The images of pairs that are translated, without the others.</summary>
internal static class SourceImages
{
    /// <summary>The file of a pair's source; it may hold the target as well.</summary>
    public static string FileOf(ImagePairs pairs, TranslationDirection direction, int index) =>
        direction == TranslationDirection.AtoB ? pairs.FilesOf(index)[0] : pairs.FilesOf(index)[^1];

    /// <summary>Decodes the source of a pair. The other image, often a photograph, is not decoded.</summary>
    /// <exception cref="FormatException">The image cannot be decoded; the message names it.</exception>
    public static RgbImage Load(ImagePairs pairs, TranslationDirection direction, int index) =>
        direction == TranslationDirection.AtoB ? pairs.LoadA(index) : pairs.LoadB(index);
}

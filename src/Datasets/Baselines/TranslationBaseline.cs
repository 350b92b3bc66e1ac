using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Datasets;

/// <summary>A translator without shapes: what a trained network has to beat before its figures mean anything.</summary>
/// <param name="name">As reports print it.</param>
internal abstract class TranslationBaseline(string name)
{
    /// <summary>As reports print it.</summary>
    public string Name { get; } = name;

    /// <summary>Translates an image.</summary>
    /// <returns>An image of the same size.</returns>
    public abstract RgbImage Translate(RgbImage source);

    /// <summary>Checks what a baseline is fitted to.</summary>
    /// <exception cref="ArgumentException">No pairs, or a pair of two sizes.</exception>
    public static void CheckPairs(IReadOnlyList<(RgbImage Source, RgbImage Target)> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        if (pairs.Count == 0)
            throw new ArgumentException("A baseline is fitted to one pair or more; got none.", nameof(pairs));
        foreach (var (source, target) in pairs)
            if (source.Width != target.Width || source.Height != target.Height)
                throw new ArgumentException(
                    $"A baseline is fitted to pairs of one size; got {source.Size} and {target.Size}.",
                    nameof(pairs)
                );
    }
}

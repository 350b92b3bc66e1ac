using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Datasets;

public static partial class DatasetTools
{
    /// <summary>
    /// Fits translators without shapes to training pairs: identity, constant colour, and colour table with blur. A
    /// trained network has to beat them before its scores mean anything.
    /// </summary>
    /// <param name="pairs">One pair or more; the two images of a pair have one size.</param>
    /// <returns>Of each its name, as reports print it, and the translator, which gives an image of the same
    /// size.</returns>
    /// <exception cref="ArgumentException">No pairs, or a pair of two sizes.</exception>
    public static IReadOnlyList<(string Name, Func<RgbImage, RgbImage> Translate)> FitBaselines(
        IReadOnlyList<(RgbImage Source, RgbImage Target)> pairs
    )
    {
        TranslationBaseline[] all =
        [
            new IdentityBaseline(),
            ConstantColorBaseline.Fit(pairs),
            ColorTableBaseline.Fit(pairs),
        ];
        return [.. all.Select(one => (one.Name, (Func<RgbImage, RgbImage>)one.Translate))];
    }
}

using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Datasets;

/// <summary>Returns the source.</summary>
internal sealed class IdentityBaseline() : TranslationBaseline("identity")
{
    /// <inheritdoc/>
    public override RgbImage Translate(RgbImage source) => source;
}

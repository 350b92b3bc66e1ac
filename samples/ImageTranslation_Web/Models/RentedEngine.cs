using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Transforms;

namespace ImageTranslation_Web;

/// <summary>An engine that is not freed before this is disposed.</summary>
internal sealed class RentedEngine(TranslationEngine engine, Action giveBack) : IDisposable
{
    public RgbImage Translate(RgbImage image) => engine.Translate(image);

    public void Dispose() => giveBack();
}

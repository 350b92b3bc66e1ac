using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Transforms;

/// <summary>The pictures behind a score.</summary>
/// <param name="Source">What was translated, where it is known.</param>
/// <param name="Translated">The result.</param>
/// <param name="Target">What it should be.</param>
public sealed record EvaluatedPictures(RgbImage? Source, RgbImage Translated, RgbImage Target);

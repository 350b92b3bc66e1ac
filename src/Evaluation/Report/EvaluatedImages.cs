using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Evaluation;

/// <summary>The images behind a score.</summary>
/// <param name="Source">What was translated, where it is known.</param>
/// <param name="Translated">The result.</param>
/// <param name="Target">What it should be.</param>
public sealed record EvaluatedImages(RgbImage? Source, RgbImage Translated, RgbImage Target);

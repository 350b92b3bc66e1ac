using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace ImageTranslation_Score;

/// <summary>
/// What PredictionEngine gives back. The image belongs to us: it is disposed when it is no longer needed.
/// </summary>
internal sealed class Translation
{
    [ImageType(Photo.Side, Photo.Side)]
    public MLImage? Translated { get; set; }
}

using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace ImageTranslation_Score;

/// <summary>What PredictionEngine is given: an image of one size.</summary>
internal sealed class Photo
{
    public const int Side = 128;

    [ImageType(Side, Side)]
    public MLImage? Image { get; set; }
}

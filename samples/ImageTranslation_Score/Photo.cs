using Microsoft.ML.Data;
using MlNetImageTranslation.Transforms;

namespace ImageTranslation_Score;

/// <summary>An image as a service gets it, of any size.</summary>
internal sealed class Photo
{
    [AnySizeImageType]
    public MLImage? Image { get; set; }
}

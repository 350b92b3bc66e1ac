using Microsoft.ML.Data;
using MlNetImageTranslation.Transforms;

namespace ImageTranslation_Score;

/// <summary>
/// What the pipeline makes of an image. The translated image belongs to us: it is disposed when it is no longer needed.
/// </summary>
internal sealed class Translation
{
    [AnySizeImageType]
    public MLImage? Image { get; set; }

    [AnySizeImageType]
    public MLImage? Translated { get; set; }
}

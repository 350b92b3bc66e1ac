using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Imaging;

namespace ImageTranslation_Web.Translation;

/// <summary>
/// Images for visitors who have none at hand: those in <c>models/samples/NAME</c>, where the models' folder has them,
/// else a synthetic aerial photograph.
/// </summary>
internal sealed class SampleImages(ModelStore models)
{
    public RgbImage Take(string? model, int seed)
    {
        // The name comes from outside; only that of a model is made into a path.
        var folder = model is not null && models.Contains(model) ? Path.Combine(models.Folder, "samples", model) : null;
        var files = Directory.Exists(folder) ? ImageFolder.ListOrEmpty(folder) : [];
        return files.Count > 0
            ? ImageDecoder.Decode(files[(seed & int.MaxValue) % files.Count])
            : AerialMapSynthesizer.Create(seed, 256).Aerial;
    }
}

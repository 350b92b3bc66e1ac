using Microsoft.ML;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Trainer;

/// <summary>From the result of a run to the transformer that runs its model.</summary>
internal static class TrainedTransformer
{
    /// <summary>Exports the generator unless the run did, and makes the transformer.</summary>
    public static ImageTranslationTransformer Create(
        TransformsCatalog catalog,
        IDataView input,
        TrainingResult result,
        int generator,
        TrainingOptions options,
        string inputColumn,
        string outputColumn,
        IReadOnlyList<RgbImage> images
    )
    {
        string file =
            result.ModelFiles.Count > generator
                ? result.ModelFiles[generator]
                : ModelExporter.Export(result.Generators[generator], TemporaryModels.NewFile(), null, images).File;
        return catalog
            .TranslateImage(
                new ImageTranslationOptions
                {
                    InputColumnName = inputColumn,
                    OutputColumnName = outputColumn,
                    ModelFile = file,
                    Device = options.Device == TranslationDevice.Cuda ? TranslationDevice.Auto : options.Device,
                }
            )
            .Fit(input);
    }
}

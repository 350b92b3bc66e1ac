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
        IReadOnlyList<RgbImage> images,
        string? instanceColumn = null
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
                    InstanceColumnName = instanceColumn,
                    OutputColumnName = outputColumn,
                    ModelFile = file,
                    // On the GPU that trained. ONNX Runtime may lack a GPU that libtorch has: a trained model is not
                    // thrown away for that.
                    Device = options.Device == TranslationDevice.Cpu ? TranslationDevice.Cpu : TranslationDevice.Auto,
                    GpuDeviceId = options.GpuDeviceId,
                    FallbackToCpu = true,
                }
            )
            .Fit(input);
    }
}

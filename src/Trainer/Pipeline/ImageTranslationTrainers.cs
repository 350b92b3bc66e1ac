using MlNetImageTranslation.Trainer;

namespace Microsoft.ML;

/// <summary>
/// Trainers of image-to-image translation, reached as <c>mlContext.ImageTranslation.Trainers</c>. What all have in
/// common: the options are checked by the call, before any data is read. <c>Fit</c> trains where
/// <see cref="MLContext.GpuDeviceId"/> and <see cref="MLContext.FallbackToCpu"/> say, from the context's seed, unless
/// the options say otherwise; it exports the generator as ONNX, verifies it, and returns the transformer.
/// <see cref="CoGanTrainer"/> has no network that could be exported, so it is not among them.
/// </summary>
/// <param name="mlContext">The context.</param>
public sealed partial class ImageTranslationTrainers(MLContext mlContext)
{
    private readonly MLContext _context = mlContext ?? throw new ArgumentNullException(nameof(mlContext));

    // What the simple-arguments overloads have in common.
    private static T Simple<T>(
        T options,
        string targetColumnName,
        string sourceColumnName,
        string outputColumnName,
        string generator,
        int epochs,
        int decayEpochs,
        string? outputFolder
    )
        where T : GeneratorOptions
    {
        options.TargetColumnName = targetColumnName;
        options.SourceColumnName = sourceColumnName;
        options.OutputColumnName = outputColumnName;
        options.Generator = generator;
        options.Epochs = epochs;
        options.DecayEpochs = decayEpochs;
        options.OutputFolder = outputFolder;
        return options;
    }
}

using Microsoft.ML;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Learns to translate one image column into another: <c>Fit</c> trains a generator by a distance alone, exports the
/// generator as ONNX, verifies it, and returns the transformer that runs it. See <see cref="RegressionTrainer"/>.
/// </summary>
/// <remarks>
/// | | |
/// | -- | -- |
/// | Does this estimator need to look at the data to train its parameters? | Yes: once, then it keeps resized images in
/// memory | | Input columns | two of MLImage: source and target | | Output column data type | MLImage, of the source
/// column's size | | Exportable to ONNX | Yes: the run folder's model.onnx | | Required NuGet in addition to
/// Microsoft.ML | TorchSharp, Microsoft.ML.ImageAnalytics, Microsoft.ML.OnnxTransformer |
/// </remarks>
public sealed class RegressionEstimator : PairedEstimator<RegressionTrainer.Options>
{
    internal RegressionEstimator(TransformsCatalog catalog, RegressionTrainer.Options options)
        : base(catalog, options) { }

    private protected override TrainingResult Train(
        RegressionTrainer.Options options,
        IProgress<TrainingProgress> progress
    ) => new RegressionTrainer(options).Train(progress, options.Cancellation);
}

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Learns to translate one image column into another: <c>Fit</c> trains a generator by a distance alone, exports the
/// generator as ONNX, verifies it, and returns the transformer that runs it. See <see cref="RegressionTrainer"/>.
/// </summary>
/// <remarks>
/// | | |
/// | -- | -- |
/// | Looks at the data to train its parameters? | Yes: once, then it keeps resized images in memory |
/// | Input columns | MLImage; or the paths (text) or contents (vector of bytes) of image files |
/// | Output column data type | MLImage, of the source column's size |
/// | Exportable to ONNX | Yes: the run folder's model.onnx |
/// | Native NuGet packages for training | TorchSharp-cpu or TorchSharp-cuda-linux |
/// | Native NuGet packages for the trained model | Microsoft.ML.OnnxRuntime or Microsoft.ML.OnnxRuntime.Gpu |
/// </remarks>
public sealed class RegressionEstimator : PairedEstimator<RegressionTrainer.Options>
{
    internal RegressionEstimator(TrainingHost host, RegressionTrainer.Options options)
        : base(host, options) { }

    private protected override TrainingResult Train(
        RegressionTrainer.Options options,
        IProgress<TrainingProgress> progress
    ) => new RegressionTrainer(options).Train(progress, options.Cancellation);
}

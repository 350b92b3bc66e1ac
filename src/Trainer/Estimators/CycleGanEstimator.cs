using Microsoft.ML;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Learns to translate an image column into the kind of images of another data view, without pairs: <c>Fit</c> trains
/// CycleGAN, exports both generators as ONNX, verifies them, and returns the transformer, whose
/// <see cref="TwoWayTransformer.Reverse"/> translates back. See <see cref="CycleGanTrainer"/>.
/// </summary>
/// <remarks>
/// | | |
/// | -- | -- |
/// | Looks at the data to train its parameters? | Yes: once, then it keeps resized images in memory |
/// | Input columns | here and in <see cref="UnpairedOptions.TargetData"/>: MLImage; or the paths (text) or contents
/// (vector of bytes) of image files |
/// | Output column data type | MLImage, of the source column's size |
/// | Exportable to ONNX | Yes: model_ab.onnx and model_ba.onnx in the run folder |
/// | Native NuGet packages for training | TorchSharp-cpu or TorchSharp-cuda-linux |
/// | Native NuGet packages for the trained model | Microsoft.ML.OnnxRuntime or Microsoft.ML.OnnxRuntime.Gpu |
/// </remarks>
public sealed class CycleGanEstimator : TwoWayEstimator<CycleGanTrainer.Options>
{
    internal CycleGanEstimator(TrainingHost host, CycleGanTrainer.Options options)
        : base(host, options) { }

    private protected override TrainingResult Train(
        CycleGanTrainer.Options options,
        IProgress<TrainingProgress> progress,
        CancellationToken cancellationToken
    ) => new CycleGanTrainer(options).Train(progress, cancellationToken);
}

using Microsoft.ML;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Learns to translate an image column into the kind of images of another data view, without pairs: <c>Fit</c> trains
/// by BiGAN, exports both generators as ONNX, verifies them, and returns the transformer, whose
/// <see cref="TwoWayTransformer.Reverse"/> translates back. See <see cref="BiGanTrainer"/>.
/// </summary>
/// <remarks>
/// | | |
/// | -- | -- |
/// | Looks at the data to train its parameters? | Yes: once, then it keeps resized images in memory |
/// | Input columns | MLImage, here and in <see cref="UnpairedOptions.TargetData"/> |
/// | Output column data type | MLImage, of the source column's size |
/// | Exportable to ONNX | Yes: model_ab.onnx and model_ba.onnx in the run folder |
/// | Native NuGet packages for training | TorchSharp-cpu or TorchSharp-cuda-linux |
/// | Native NuGet packages for the trained model | Microsoft.ML.OnnxRuntime or Microsoft.ML.OnnxRuntime.Gpu |
/// </remarks>
public sealed class BiGanEstimator : TwoWayEstimator<BiGanTrainer.Options>
{
    internal BiGanEstimator(TrainingHost host, BiGanTrainer.Options options)
        : base(host, options) { }

    private protected override TrainingResult Train(
        BiGanTrainer.Options options,
        IProgress<TrainingProgress> progress,
        CancellationToken cancellationToken
    ) => new BiGanTrainer(options).Train(progress, cancellationToken);
}

using Microsoft.ML;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Learns to translate an image column into the kind of images of another data view, without pairs: <c>Fit</c> trains
/// by CUT or FastCUT, exports the generator as ONNX, verifies it, and returns the transformer that runs it. See
/// <see cref="CutTrainer"/>.
/// </summary>
/// <remarks>
/// | | |
/// | -- | -- |
/// | Looks at the data to train its parameters? | Yes: once, then it keeps resized images in memory |
/// | Input columns | here and in <see cref="UnpairedOptions.TargetData"/>: MLImage; or the paths (text) or contents
/// (vector of bytes) of image files |
/// | Output column data type | MLImage, of the source column's size |
/// | Exportable to ONNX | Yes: model.onnx in the run folder |
/// | Native NuGet packages for training | TorchSharp-cpu or TorchSharp-cuda-linux |
/// | Native NuGet packages for the trained model | Microsoft.ML.OnnxRuntime or Microsoft.ML.OnnxRuntime.Gpu |
/// </remarks>
public sealed class CutEstimator : OneSidedEstimator<CutTrainer.Options>
{
    internal CutEstimator(TrainingHost host, CutTrainer.Options options)
        : base(host, options) { }
}

using Microsoft.ML.OnnxRuntime;

namespace MlNetImageTranslation.Transforms;

/// <summary>
/// The tensors of a run on a GPU, which ONNX Runtime copies there and back within the run. Page-locked memory would
/// save a copy, but ONNX Runtime 1.31 refuses it for outputs (tried on an H200: "dst_data != src_data was false").
/// </summary>
internal sealed class CudaRunBinding(InferenceSession session, EngineModel model) : IRunBinding
{
    private readonly RunOptions _run = new();
    private readonly OrtValue[] _input = new OrtValue[1];
    private readonly OrtValue[] _output = new OrtValue[1];

    public void BindInput(OrtValue pixels) => _input[0] = pixels;

    public void BindOutput(OrtValue pixels) => _output[0] = pixels;

    public void Run() => session.Run(_run, [model.InputName], _input, [model.OutputName], _output);

    public void Dispose() => _run.Dispose();
}

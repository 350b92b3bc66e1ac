using Microsoft.ML.OnnxRuntime;

namespace MlNetImageTranslation.Transforms;

/// <summary>ONNX Runtime's binding of a session's tensors, for models on the CPU.</summary>
internal sealed class OnnxRuntimeBinding(InferenceSession session, EngineModel model) : IRunBinding
{
    private readonly OrtIoBinding _binding = session.CreateIoBinding();
    private readonly RunOptions _run = new();

    public void BindInput(OrtValue pixels) => _binding.BindInput(model.InputName, pixels);

    public void BindOutput(OrtValue pixels) => _binding.BindOutput(model.OutputName, pixels);

    public void Run()
    {
        _binding.SynchronizeBoundInputs();
        model.Memory.Watch(_run, () => session.RunWithBinding(_run, _binding));
        _binding.SynchronizeBoundOutputs();
    }

    public void Dispose()
    {
        _binding.Dispose();
        _run.Dispose();
    }
}

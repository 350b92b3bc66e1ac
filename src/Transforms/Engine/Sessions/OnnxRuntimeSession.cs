using Microsoft.ML.OnnxRuntime;

namespace MlNetImageTranslation.Transforms;

/// <summary>A session of ONNX Runtime's.</summary>
internal sealed class OnnxRuntimeSession : IModelSession
{
    private readonly InferenceSession _session;
    private readonly EngineModel _model;
    private readonly bool _isCuda;

    /// <param name="session">The session, which is disposed with this one.</param>
    /// <param name="model">What it runs.</param>
    /// <param name="gpu">The GPU's number, or null for the CPU.</param>
    public OnnxRuntimeSession(InferenceSession session, EngineModel model, int? gpu)
    {
        _session = session;
        _model = model;
        _isCuda = gpu is not null;
    }

    public string Provider => _isCuda ? ExecutionProviders.Cuda : ExecutionProviders.Cpu;

    public IRunBinding CreateBinding() =>
        _isCuda ? new CudaRunBinding(_session, _model) : new OnnxRuntimeBinding(_session, _model);

    public IDisposableReadOnlyCollection<OrtValue> Run(
        IReadOnlyCollection<string> inputNames,
        IReadOnlyCollection<OrtValue> inputs,
        IReadOnlyCollection<string> outputNames
    )
    {
        using var run = new RunOptions();
        IDisposableReadOnlyCollection<OrtValue>? outputs = null;
        _model.Memory.Watch(run, () => outputs = _session.Run(run, inputNames, inputs, outputNames));
        return outputs!;
    }

    public void Dispose() => _session.Dispose();
}

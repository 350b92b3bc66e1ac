using Microsoft.ML.OnnxRuntime;

namespace MlNetImageTranslation.Transforms;

/// <summary>A session of ONNX Runtime's.</summary>
internal sealed class OnnxRuntimeSession : IModelSession
{
    private readonly InferenceSession _session;
    private readonly EngineModel _model;
    private readonly OrtAllocator? _pageLocked;

    /// <param name="session">The session, which is disposed with this one.</param>
    /// <param name="model">What it runs.</param>
    /// <param name="gpu">The GPU's number, or null for the CPU.</param>
    public OnnxRuntimeSession(InferenceSession session, EngineModel model, int? gpu)
    {
        _session = session;
        _model = model;
        Provider = gpu is null ? ExecutionProviders.Cpu : ExecutionProviders.Cuda;
        _pageLocked = gpu is { } number ? PageLockedMemory(session, number) : null;
    }

    public string Provider { get; }

    public OrtAllocator HostMemory => _pageLocked ?? OrtAllocator.DefaultInstance;

    public IRunBinding CreateBinding() => new OnnxRuntimeBinding(_session, _model);

    public IDisposableReadOnlyCollection<OrtValue> Run(
        IReadOnlyCollection<string> inputNames,
        IReadOnlyCollection<OrtValue> inputs,
        IReadOnlyCollection<string> outputNames
    )
    {
        using var run = new RunOptions();
        return _session.Run(run, inputNames, inputs, outputNames);
    }

    public void Dispose()
    {
        _pageLocked?.Dispose();
        _session.Dispose();
    }

    // Host memory that a GPU reads and writes by itself, without a copy in between; null where a session has none.
    // OnnxRuntimeBinding waits for the device at both ends, so its copies are done when the host looks.
    private static OrtAllocator? PageLockedMemory(InferenceSession session, int gpu)
    {
        try
        {
            using var kind = new OrtMemoryInfo(
                OrtMemoryInfo.allocatorCUDA_PINNED,
                OrtAllocatorType.DeviceAllocator,
                gpu,
                OrtMemType.CpuOutput
            );
            return new(session, kind);
        }
        catch (OnnxRuntimeException)
        {
            // Ordinary memory does as well, a little slower.
            return null;
        }
    }
}

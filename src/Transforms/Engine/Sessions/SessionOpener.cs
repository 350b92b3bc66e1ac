namespace MlNetImageTranslation.Transforms;

/// <summary>Opens a model on the device that was asked for.</summary>
internal sealed class SessionOpener(IModelRuntime runtime, EngineModel model, TranslationEngineOptions options)
{
    private DeviceChoice Choice => new(options.Device, options.GpuDeviceId, options.AllowCpuFallback);

    /// <summary>Opens the model, or a rewritten form of it.</summary>
    /// <param name="threads">CPU threads of a run.</param>
    /// <param name="content">The rewritten form; null means the model's own.</param>
    /// <exception cref="InvalidOperationException">The model is refused, or CUDA was asked for, is not there, and the
    /// CPU is not allowed.</exception>
    public IModelSession Open(int threads, byte[]? content = null)
    {
        var settings = new SessionSettings(null, threads, model.FixedSize is not null, Search, content);
        return Choice.Open(runtime, gpu => runtime.Open(model, settings with { Gpu = gpu }));
    }

    /// <summary>Bytes of free memory on the GPU; null where nobody says.</summary>
    public long? FreeMemory => runtime.FreeMemory(Choice.Gpu);

    private ConvolutionSearch Search =>
        options.ConvolutionSearch != ConvolutionSearch.Auto ? options.ConvolutionSearch
        : model.FixedSize is not null || options.Mode is not (TranslationMode.KeepSize or TranslationMode.Exact)
            ? ConvolutionSearch.Exhaustive
        : ConvolutionSearch.Heuristic;
}

using Microsoft.ML.OnnxRuntime;

namespace MlNetImageTranslation.Transforms;

/// <summary>ONNX Runtime.</summary>
internal sealed class OnnxRuntimeModels : IModelRuntime
{
    /// <summary>The only one: it has no state.</summary>
    public static readonly OnnxRuntimeModels Instance = new();

    private OnnxRuntimeModels() { }

    public string? WhyNoCuda(int gpu) => CudaAttempt.WhyNot(gpu);

    public long? FreeMemory(int gpu) => CudaDriver.FreeMemory(gpu);

    public IModelSession Open(EngineModel model, SessionSettings settings)
    {
        OnnxRuntimeLibrary.EnsureLoaded();
        try
        {
            using var options = RuntimeOptions.For(settings);
            var session = (settings.Content ?? model.Bytes) is { } content
                ? new InferenceSession(content, options)
                : new InferenceSession(model.File, options);
            return new OnnxRuntimeSession(session, model, settings.Gpu);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new InvalidOperationException($"ONNX Runtime refuses {model.Name}: {exception.Message}", exception);
        }
    }
}

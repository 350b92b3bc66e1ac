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
        using var options = OptionsFor(model, settings);
        using var watch = new RuntimeWatch(
            model.Memory.LoadTime,
            settings.Gpu is null ? model.Memory.Watched : null,
            () => options.SetLoadCancellationFlag(true)
        );
        try
        {
            var session = (settings.Content ?? model.Bytes) is { } content
                ? new InferenceSession(content, options)
                : new InferenceSession(model.File, options);
            return new OnnxRuntimeSession(session, model, settings.Gpu);
        }
        catch (OnnxRuntimeException) when (watch.GrewTooMuch)
        {
            throw model.Memory.Stopped("no image (loading it)");
        }
        catch (OnnxRuntimeException exception) when (watch.TookTooLong)
        {
            throw new ArgumentException(
                $"ONNX Runtime takes longer to load {model.Name} than the {model.Memory.LoadTime.TotalSeconds:0.#} s "
                    + $"that {nameof(TranslationEngineOptions.MaxLoadSeconds)} allows.",
                nameof(TranslationEngineOptions.MaxLoadSeconds),
                exception
            );
        }
        catch (OnnxRuntimeException exception)
        {
            throw new InvalidOperationException(
                $"ONNX Runtime refuses {model.Name}: {RuntimeMessage.Of(exception)}",
                exception
            );
        }
    }

    private static SessionOptions OptionsFor(EngineModel model, SessionSettings settings)
    {
        try
        {
            return RuntimeOptions.For(settings);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new InvalidOperationException(
                $"ONNX Runtime refuses {model.Name}: {RuntimeMessage.Of(exception)}",
                exception
            );
        }
    }
}

using Microsoft.ML.OnnxRuntime;

namespace MlNetImageTranslation.Transforms;

/// <summary>Makes ONNX Runtime sessions on the device that was asked for, and says which one it became.</summary>
internal static class SessionFactory
{
    public const string Cpu = "CPUExecutionProvider",
        Cuda = "CUDAExecutionProvider";

    /// <summary>A session over the model, or over a rewritten form of it in <paramref name="bytes"/>.</summary>
    /// <exception cref="InvalidOperationException">The model is refused, or CUDA was asked for, is not there, and the
    /// CPU is not allowed.</exception>
    public static (InferenceSession Session, string Provider) Create(
        EngineModel model,
        TranslationEngineOptions options,
        int threadsPerRun,
        byte[]? bytes = null
    )
    {
        OnnxRuntimeLibrary.EnsureLoaded();
        bool asked =
            options.Device == TranslationDevice.Cuda
            || (options.Device == TranslationDevice.Auto && options.GpuDeviceId is not null);
        if (asked || (options.Device == TranslationDevice.Auto && OnnxRuntimeLibrary.HasCuda))
        {
            try
            {
                return (Open(model, CudaOptions(options, model), bytes), Cuda);
            }
            catch (Exception exception) when (IsMissingCuda(exception))
            {
                if (asked && !options.AllowCpuFallback)
                    throw new InvalidOperationException(
                        $"CUDA device {options.GpuDeviceId ?? 0} was asked for but cannot be used: "
                            + $"{exception.Message} Allow the CPU by {nameof(options.AllowCpuFallback)} = true or "
                            + $"{nameof(options.Device)} = {TranslationDevice.Cpu}.",
                        exception
                    );
            }
        }
        return (
            CpuSession.Open(model, options, bytes, form => Open(model, CpuOptions(model, threadsPerRun), form)),
            Cpu
        );
    }

    /// <summary>
    /// Host memory that a GPU reads and writes by itself, without a copy in between; null where a session on CUDA has
    /// none.
    /// </summary>
    public static OrtAllocator? PageLockedMemory(InferenceSession session, TranslationEngineOptions options)
    {
        try
        {
            using var kind = new OrtMemoryInfo(
                OrtMemoryInfo.allocatorCUDA_PINNED,
                OrtAllocatorType.DeviceAllocator,
                options.GpuDeviceId ?? 0,
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

    private static bool IsMissingCuda(Exception exception) =>
        exception is OnnxRuntimeException or EntryPointNotFoundException or DllNotFoundException
        || exception is InvalidOperationException { InnerException: OnnxRuntimeException };

    private static SessionOptions CpuOptions(EngineModel model, int threads)
    {
        var session = Common(model);
        session.IntraOpNumThreads = threads;
        session.InterOpNumThreads = 1;
        return session;
    }

    private static SessionOptions CudaOptions(TranslationEngineOptions options, EngineModel model)
    {
        var session = Common(model);
        try
        {
            session.AppendExecutionProvider_CUDA(options.GpuDeviceId ?? 0);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private static SessionOptions Common(EngineModel model) =>
        new()
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
            // The runtime keeps a memory plan for every input shape it meets: with images of many sizes that never
            // ends.
            EnableMemoryPattern = model.FixedSize is not null,
        };

    private static InferenceSession Open(EngineModel model, SessionOptions options, byte[]? bytes)
    {
        using (options)
        {
            try
            {
                return (bytes ?? model.Bytes) is { } content
                    ? new InferenceSession(content, options)
                    : new InferenceSession(model.File, options);
            }
            catch (OnnxRuntimeException exception)
            {
                throw new InvalidOperationException(
                    $"ONNX Runtime refuses {model.Name}: {exception.Message}",
                    exception
                );
            }
        }
    }
}

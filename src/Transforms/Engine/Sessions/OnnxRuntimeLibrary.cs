using Microsoft.ML.OnnxRuntime;

namespace MlNetImageTranslation.Transforms;

/// <summary>ONNX Runtime's native library, which applications add by a package of their own choice.</summary>
public static class OnnxRuntimeLibrary
{
    /// <summary>
    /// Whether this build of ONNX Runtime can use CUDA; a GPU, its driver or cuDNN may still be missing.
    /// </summary>
    /// <exception cref="DllNotFoundException">The library is missing or does not load on this system; the message says
    /// what to do.</exception>
    public static bool HasCuda
    {
        get
        {
            EnsureLoaded();
            return OrtEnv.Instance().GetAvailableProviders().Contains("CUDAExecutionProvider");
        }
    }

    /// <summary>Loads the native library, or says which package carries it.</summary>
    /// <returns>The version of ONNX Runtime, such as <c>1.31.0</c>.</returns>
    /// <exception cref="DllNotFoundException">The library is missing or does not load on this system; the message says
    /// what to do.</exception>
    public static string EnsureLoaded()
    {
        try
        {
            return OrtEnv.Instance().GetVersionString();
        }
        catch (Exception exception)
            when (exception
                    is TypeInitializationException
                        or DllNotFoundException
                        or EntryPointNotFoundException
                        or BadImageFormatException
            )
        {
            throw new DllNotFoundException(
                "ONNX Runtime's native library is not among the application's files, or does not load. Add the "
                    + "package that carries it: "
                    + "`dotnet add package Microsoft.ML.OnnxRuntime`, or Microsoft.ML.OnnxRuntime.Gpu for an "
                    + "NVIDIA GPU. "
                    + $"The loader says: {(exception.InnerException ?? exception).Message}",
                exception
            );
        }
    }

    /// <summary>
    /// Keeps ONNX Runtime from reporting its use to Microsoft, which Microsoft's packages do by default. The library
    /// leaves this choice to its host: programs that want no reports call this first of all, before anything loads the
    /// runtime; later it does nothing. It sets <c>ORT_DISABLE_TELEMETRY</c> for this process and those that it starts,
    /// unless the environment has set it already, to whatever value.
    /// </summary>
    public static void DisableTelemetry() => RuntimeReports.TurnOff();

    /// <summary>
    /// Tries whether models run on a GPU, by a session with one convolution: a build with CUDA may lack a driver, a GPU
    /// or one of CUDA's libraries, of which cuDNN is looked for only when the first convolution runs.
    /// </summary>
    /// <param name="gpuDeviceId">The GPU's number, from 0.</param>
    /// <returns>Why not, in a sentence without its full stop; null where they do.</returns>
    /// <exception cref="DllNotFoundException">ONNX Runtime itself is missing.</exception>
    public static string? WhyNoCuda(int gpuDeviceId = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(gpuDeviceId);
        EnsureLoaded();
        return CudaAttempt.WhyNot(gpuDeviceId);
    }

    /// <summary>Opens a session of one's own on the device that is asked for.</summary>
    /// <param name="modelFile">An ONNX file.</param>
    /// <param name="device">Where it runs; <see cref="TranslationDevice.Auto"/> takes CUDA where it works.</param>
    /// <param name="gpuDeviceId">The GPU's number, from 0.</param>
    /// <exception cref="InvalidOperationException">ONNX Runtime refuses the file; or CUDA was asked for and does not
    /// work.</exception>
    /// <exception cref="DllNotFoundException">ONNX Runtime itself is missing.</exception>
    public static InferenceSession Open(string modelFile, TranslationDevice device, int gpuDeviceId = 0)
    {
        ArgumentException.ThrowIfNullOrEmpty(modelFile);
        ArgumentOutOfRangeException.ThrowIfNegative(gpuDeviceId);
        EnsureLoaded();
        var settings = new SessionSettings(null, Environment.ProcessorCount, false, ConvolutionSearch.Auto);
        // Auto stays so: here a number says which GPU, not that there has to be one.
        var choice = new DeviceChoice(
            device == TranslationDevice.Auto ? TranslationDevice.Cuda : device,
            gpuDeviceId,
            device == TranslationDevice.Auto
        );
        return choice.Open(OnnxRuntimeModels.Instance, gpu => OpenFile(modelFile, settings with { Gpu = gpu }));
    }

    private static InferenceSession OpenFile(string modelFile, SessionSettings settings)
    {
        try
        {
            using var options = RuntimeOptions.For(settings);
            return new(modelFile, options);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new InvalidOperationException($"ONNX Runtime refuses '{modelFile}': {exception.Message}", exception);
        }
    }
}

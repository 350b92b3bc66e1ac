using Microsoft.ML.OnnxRuntime;

namespace MlNetImageTranslation.Transforms;

/// <summary>ONNX Runtime's native library, which applications add by a package of their own choice.</summary>
public static class OnnxRuntimeLibrary
{
    /// <summary>
    /// Whether this build of ONNX Runtime can use CUDA; a GPU, its driver or cuDNN may still be missing.
    /// </summary>
    public static bool HasCuda => OrtEnv.Instance().GetAvailableProviders().Contains("CUDAExecutionProvider");

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
}

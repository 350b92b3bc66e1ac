using Microsoft.ML.OnnxRuntime;
using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Cli;

/// <summary>ONNX Runtime and the execution providers that were built into it.</summary>
internal static class OnnxRuntimeProbe
{
    /// <summary>Loads the native library and asks it.</summary>
    public static IEnumerable<Finding> Look()
    {
        try
        {
            return
            [
                new("ONNX Runtime", OnnxRuntimeLibrary.EnsureLoaded()),
                Providers(OrtEnv.Instance().GetAvailableProviders()),
            ];
        }
        catch (DllNotFoundException exception)
        {
            return
            [
                new(
                    "ONNX Runtime",
                    "does not load",
                    Severity.Broken,
                    $"No image can be translated. {exception.Message}"
                ),
            ];
        }
    }

    private static Finding Providers(string[] names)
    {
        var list = string.Join(
            ", ",
            names.Select(name => name.Replace("ExecutionProvider", "", StringComparison.Ordinal))
        );
        return MachineProbe.Accelerator == "cuda" && !names.Contains("CUDAExecutionProvider")
            ? new(
                "  providers",
                list,
                Severity.Warning,
                "This build is for CUDA, but ONNX Runtime has no CUDA provider: translation runs on the CPU."
            )
            : new("  providers", list);
    }
}

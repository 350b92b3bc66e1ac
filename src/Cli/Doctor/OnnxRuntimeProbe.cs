using Microsoft.ML.OnnxRuntime;

namespace MlNetImageTranslation.Cli.Doctor;

/// <summary>ONNX Runtime and the execution providers that were built into it.</summary>
internal static class OnnxRuntimeProbe
{
    /// <summary>Loads the native library and asks it.</summary>
    public static IEnumerable<Finding> Look()
    {
        Finding version;
        Finding? providers = null;
        try
        {
            var environment = OrtEnv.Instance();
            version = new("ONNX Runtime", environment.GetVersionString());
            providers = Providers(environment.GetAvailableProviders());
        }
        catch (Exception exception) when (exception is TypeInitializationException or DllNotFoundException or EntryPointNotFoundException or BadImageFormatException)
        {
            var cause = exception.InnerException ?? exception;
            version = new("ONNX Runtime", $"does not load: {cause.Message}", Severity.Broken, "Without it no picture can be translated: run ./setup.sh and build again.");
        }
        yield return version;
        if (providers is not null) yield return providers;
    }

    private static Finding Providers(string[] names)
    {
        var list = string.Join(", ", names.Select(name => name.Replace("ExecutionProvider", "", StringComparison.Ordinal)));
        return MachineProbe.Accelerator == "cuda" && !names.Contains("CUDAExecutionProvider")
            ? new("  providers", list, Severity.Warning, "This build is for CUDA, but ONNX Runtime has no CUDA provider: translation runs on the CPU.")
            : new("  providers", list);
    }
}

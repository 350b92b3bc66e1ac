using System.Runtime.InteropServices;

namespace MlNetImageTranslation.Transforms;

/// <summary>What ONNX Runtime reports about its use to its maker.</summary>
internal static partial class RuntimeReports
{
    private const string Variable = "ORT_DISABLE_TELEMETRY";

    /// <summary>
    /// Sets the variable that ONNX Runtime reads once, when it is loaded. Its own call, DisableTelemetryEvents, comes
    /// after that: an event of the start and a file with an identifier are made by then.
    /// </summary>
    public static void TurnOff()
    {
        if (!string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable)))
            return;
        // .NET's copy of the environment, which the processes that this one starts get; on Windows everybody's.
        Environment.SetEnvironmentVariable(Variable, "1");
        try
        {
            // The environment that C code sees.
            if (OperatingSystem.IsLinux())
                _ = SetOnLinux(Variable, "1", 1);
            else if (OperatingSystem.IsMacOS())
                _ = SetOnMac(Variable, "1", 1);
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
            // Another C library; ONNX Runtime's packages have no builds for these.
        }
    }

    [LibraryImport("libc.so.6", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetOnLinux(string name, string value, int overwrite);

    [LibraryImport("libSystem.dylib", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetOnMac(string name, string value, int overwrite);
}

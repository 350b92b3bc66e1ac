using System.Reflection;
using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>Finds libTorchSharpShim.so: TORCHSHARP_SHIM (a file) first, else beside the application.</summary>
internal static class ShimLocator
{
    public static nint Resolve(string name, Assembly assembly, DllImportSearchPath? search)
    {
        if (name != "TorchSharpShim") return 0;
        var given = Environment.GetEnvironmentVariable("TORCHSHARP_SHIM");
        if (!string.IsNullOrEmpty(given)) return NativeLibrary.Load(given);
        foreach (var folder in new[] { AppContext.BaseDirectory, Path.GetDirectoryName(assembly.Location) })
        {
            if (string.IsNullOrEmpty(folder)) continue;
            var file = Path.Combine(folder, "libTorchSharpShim.so");
            if (File.Exists(file)) return NativeLibrary.Load(file);
        }
        return 0;
    }
}

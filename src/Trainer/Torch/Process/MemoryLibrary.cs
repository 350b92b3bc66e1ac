using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MlNetImageTranslation.Trainer;

/// <summary>Loads a shared library from memory (Linux: memfd_create(2)).</summary>
internal static partial class MemoryLibrary
{
    private const uint CloseOnExec = 1;

    /// <summary>Loads the library and returns its handle.</summary>
    /// <exception cref="IOException">The system has no anonymous files.</exception>
    /// <exception cref="DllNotFoundException">The loader refuses it.</exception>
    public static IntPtr Load(string name, ReadOnlySpan<byte> image)
    {
        int descriptor = CreateAnonymousFile(name, CloseOnExec);
        if (descriptor < 0)
        {
            throw new IOException($"memfd_create failed (error {Marshal.GetLastPInvokeError()}).");
        }

        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        RandomAccess.Write(handle, image, 0);
        return NativeLibrary.Load($"/proc/self/fd/{descriptor}");
    }

    [LibraryImport(
        "libc",
        EntryPoint = "memfd_create",
        SetLastError = true,
        StringMarshalling = StringMarshalling.Utf8
    )]
    private static partial int CreateAnonymousFile(string name, uint flags);
}

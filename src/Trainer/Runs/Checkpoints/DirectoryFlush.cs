using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Puts a folder's list of names on disk. Flushing a file saves its content, not the name that it got by being made or
/// renamed: on Linux that belongs to the folder, which .NET does not open. Other systems journal names by themselves or
/// have no such call.
/// </summary>
internal static partial class DirectoryFlush
{
    private const int ReadOnly = 0,
        CloseOnExec = 0x80000;

    /// <summary>Waits until the names in the folder are on disk.</summary>
    /// <exception cref="IOException">The folder cannot be opened, or the disk fails.</exception>
    public static void Run(string folder)
    {
        if (!OperatingSystem.IsLinux())
            return;
        using var handle = open(folder, ReadOnly | CloseOnExec);
        if (handle.IsInvalid)
            throw new IOException(
                $"Folder '{folder}' cannot be flushed to disk: "
                    + $"{new Win32Exception(Marshal.GetLastPInvokeError()).Message}"
            );
        RandomAccess.FlushToDisk(handle);
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle open(string path, int flags);
}

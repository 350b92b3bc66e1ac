using System.Runtime.InteropServices;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// What glibc does with memory that is freed. Every training step allocates and frees the same hundreds of megabytes;
/// by default glibc gives much of it back to the system and takes it anew in the next step, page by page.
/// </summary>
internal static partial class FreedMemory
{
    private const int TrimThreshold = -1,
        TopPad = -2,
        MmapMax = -4;

    /// <summary>
    /// The size of a heap of 64-bit glibc's further arenas, one for every few threads. The trim threshold does not
    /// hold for whole heaps: an arena unmaps its last heap once that is empty, unless more than this is to stay free
    /// beyond it (malloc/arena.c, heap_trim). It costs addresses, not memory.
    /// </summary>
    private const int HeapSize = 64 << 20;

    /// <summary>
    /// From now on the process keeps what it frees, for the next step. The resident memory then stays near its peak
    /// until the process ends. Nothing happens without glibc, or where the environment sets glibc's thresholds itself.
    /// </summary>
    public static void Keep()
    {
        if (
            !OperatingSystem.IsLinux()
            || IsSet("MALLOC_TRIM_THRESHOLD_")
            || IsSet("MALLOC_TOP_PAD_")
            || IsSet("MALLOC_MMAP_THRESHOLD_")
            || IsSet("MALLOC_MMAP_MAX_")
            || IsSet("GLIBC_TUNABLES")
        )
            return;
        try
        {
            // Blocks of 32 MB and more would be mapped and unmapped by themselves whatever the threshold is
            // (malloc.c, DEFAULT_MMAP_THRESHOLD_MAX), and gradients of U-Net-256 are that large. Blocks beyond a heap's
            // size still are, in threads with an arena of their own.
            _ = mallopt(MmapMax, 0);
            _ = mallopt(TrimThreshold, int.MaxValue);
            _ = mallopt(TopPad, HeapSize);
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
            // Another C library: it has its own ways.
        }
    }

    private static bool IsSet(string variable) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable));

    [LibraryImport("libc.so.6")]
    private static partial int mallopt(int parameter, int value);
}

using System.Globalization;
using System.Runtime.InteropServices;

namespace MlNetImageTranslation.Trainer.Tests;

public sealed unsafe class FreedMemoryTests
{
    private const int Blocks = 8,
        BlockSize = 1 << 20;

    [Fact]
    public void Memory_that_was_freed_comes_back_without_page_faults()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && File.Exists("/proc/thread-self/stat"),
            "needs Linux's fault counters of threads"
        );
        FreedMemory.Keep();
        // By default glibc gives memory above twice the largest block back: every round then faults all its 2048 pages
        // in again. A thread with an arena of its own loses whole heaps too, where the blocks cross from one of them
        // into the next: blocks that are kept move the rounds across that border.
        for (int kept = 0; kept < 64; kept += 4)
        {
            long fewest = long.MaxValue;
            var thread = new Thread(() => fewest = FewestFaults(kept));
            thread.Start();
            thread.Join();
            Assert.InRange(fewest, 0, 500);
        }
    }

    private static long FewestFaults(int keptBlocks)
    {
        var kept = stackalloc byte*[keptBlocks];
        for (int i = 0; i < keptBlocks; i++)
            kept[i] = (byte*)NativeMemory.Alloc(BlockSize);
        long fewest = long.MaxValue;
        for (int round = 0; round < 10; round++)
        {
            long before = Faults();
            AllocateAndFree();
            fewest = Math.Min(fewest, Faults() - before);
        }
        for (int i = 0; i < keptBlocks; i++)
            NativeMemory.Free(kept[i]);
        return fewest;
    }

    private static void AllocateAndFree()
    {
        var blocks = stackalloc byte*[Blocks];
        for (int i = 0; i < Blocks; i++)
        {
            blocks[i] = (byte*)NativeMemory.Alloc(BlockSize);
            for (int at = 0; at < BlockSize; at += 4096)
                blocks[i][at] = 1;
        }
        for (int i = 0; i < Blocks; i++)
            NativeMemory.Free(blocks[i]);
    }

    /// <summary>Minor page faults of this thread: the tenth field, the eighth after the name in parentheses.</summary>
    private static long Faults()
    {
        string stat = File.ReadAllText("/proc/thread-self/stat");
        return long.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[7], CultureInfo.InvariantCulture);
    }
}

using System.Globalization;
using System.Runtime.InteropServices;

namespace MlNetImageTranslation.Trainer.Tests;

public sealed unsafe class FreedMemoryTests
{
    private const int Megabyte = 1 << 20;

    [Theory]
    [InlineData(8, 1)]
    [InlineData(2, 33)]
    [InlineData(2, 60)]
    public void Memory_that_was_freed_comes_back_without_page_faults(int blocks, int megabytes)
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && File.Exists("/proc/thread-self/stat"),
            "needs Linux's fault counters of threads"
        );
        FreedMemory.Keep();
        // By default glibc gives memory above twice the largest block back: every round then faults all its pages, 2048
        // and more, in again. Blocks of 32 MB and more it maps by themselves. A thread with an arena of its own loses whole heaps too, where the blocks cross from one of them
        // into the next: blocks that are kept move the rounds across that border.
        for (int kept = 0; kept < 64; kept += 4)
        {
            long fewest = long.MaxValue;
            var thread = new Thread(() => fewest = FewestFaults(kept, blocks, megabytes * Megabyte));
            thread.Start();
            thread.Join();
            Assert.InRange(fewest, 0, 500);
        }
    }

    private static long FewestFaults(int keptBlocks, int count, int size)
    {
        var kept = stackalloc byte*[keptBlocks];
        for (int i = 0; i < keptBlocks; i++)
            kept[i] = (byte*)NativeMemory.Alloc(Megabyte);
        long fewest = long.MaxValue;
        for (int round = 0; round < 10; round++)
        {
            long before = Faults();
            AllocateAndFree(count, size);
            fewest = Math.Min(fewest, Faults() - before);
        }
        for (int i = 0; i < keptBlocks; i++)
            NativeMemory.Free(kept[i]);
        return fewest;
    }

    private static void AllocateAndFree(int count, int size)
    {
        var blocks = stackalloc byte*[count];
        for (int i = 0; i < count; i++)
        {
            blocks[i] = (byte*)NativeMemory.Alloc((nuint)size);
            for (int at = 0; at < size; at += 4096)
                blocks[i][at] = 1;
        }
        for (int i = 0; i < count; i++)
            NativeMemory.Free(blocks[i]);
    }

    /// <summary>Minor page faults of this thread: the tenth field, the eighth after the name in parentheses.</summary>
    private static long Faults()
    {
        string stat = File.ReadAllText("/proc/thread-self/stat");
        return long.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[7], CultureInfo.InvariantCulture);
    }
}

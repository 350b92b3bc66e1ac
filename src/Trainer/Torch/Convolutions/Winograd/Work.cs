using System.Runtime.InteropServices;

namespace MlNetImageTranslation.Trainer;

/// <summary>Shares work on the CPU among threads, each with memory of its own.</summary>
internal static unsafe class Work
{
    /// <summary>A part of the work.</summary>
    /// <param name="part">Its number.</param>
    /// <param name="memory">The thread's memory, with whatever was in it.</param>
    public delegate void Part(int part, float* memory);

    /// <summary>Runs all parts.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="memory">Values that each thread's memory has; it begins at a line of the cache.</param>
    /// <param name="threads">How many threads run them.</param>
    /// <param name="run">Runs a part.</param>
    public static void Each(int count, int memory, int threads, Part run)
    {
        int next = 0;
        if (threads == 1 || count == 1)
            Take();
        else
            OpenMpTeam.Run(Math.Min(threads, count), Take);

        void Take()
        {
            void* block = NativeMemory.AlignedAlloc((nuint)memory * sizeof(float), 64);
            try
            {
                for (
                    int part = Interlocked.Increment(ref next) - 1;
                    part < count;
                    part = Interlocked.Increment(ref next) - 1
                )
                    run(part, (float*)block);
            }
            finally
            {
                NativeMemory.AlignedFree(block);
            }
        }
    }
}

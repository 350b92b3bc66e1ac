namespace MlNetImageTranslation;

/// <summary>Threads that share the work of an operator, each with memory of its own.</summary>
internal abstract unsafe class Workers
{
    /// <summary>A part of the work.</summary>
    /// <param name="part">Its number.</param>
    /// <param name="memory">The thread's memory, with whatever was in it.</param>
    public delegate void Part(int part, float* memory);

    /// <summary>How many there are.</summary>
    public abstract int Count { get; }

    /// <summary>Runs all parts.</summary>
    /// <param name="parts">How many there are.</param>
    /// <param name="memory">Values that each thread's memory has; it begins at a line of the cache.</param>
    /// <param name="run">Runs a part.</param>
    public void Each(int parts, int memory, Part run)
    {
        int next = 0;
        if (Count == 1 || parts == 1)
            Take();
        else
            Run(Math.Min(Count, parts), Take);

        void Take()
        {
            void* block = Allocate((nuint)memory * sizeof(float));
            try
            {
                for (
                    int part = Interlocked.Increment(ref next) - 1;
                    part < parts;
                    part = Interlocked.Increment(ref next) - 1
                )
                    run(part, (float*)block);
            }
            finally
            {
                Free(block);
            }
        }
    }

    /// <summary>Memory that begins at a line of the cache.</summary>
    public abstract void* Allocate(nuint bytes);

    /// <summary>Gives memory back.</summary>
    public abstract void Free(void* memory);

    /// <summary>Runs a function in each of some threads, the calling one among them. There may come fewer.</summary>
    public abstract void Run(int threads, Action part);
}

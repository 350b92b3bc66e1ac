namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Random numbers that are a function of (seed, stream, index, draw) and of nothing else: no state to save,
/// the same on every device and machine, so that a resumed run is the run. Philox4x32-10 underneath.
/// </summary>
internal struct CounterRandom
{
    private readonly ulong _seed,
        _index;
    private readonly uint _stream;
    private uint _draw;

    /// <summary>The numbers of one purpose at one index (an epoch, a step, a sample).</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="stream">What the numbers are for.</param>
    /// <param name="index">Which series of numbers for that purpose, 0 and up.</param>
    public CounterRandom(long seed, RandomStream stream, long index = 0) =>
        (_seed, _stream, _index) = (unchecked((ulong)seed), (uint)stream, unchecked((ulong)index));

    /// <summary>Leaves out so many draws.</summary>
    public void Skip(int draws) => _draw += (uint)draws;

    /// <summary>The next 64 random bits.</summary>
    public ulong NextUInt64()
    {
        var (low, high, _, _) = Philox.Block(
            _draw++,
            _stream,
            (uint)_index,
            (uint)(_index >> 32),
            (uint)_seed,
            (uint)(_seed >> 32)
        );
        return (ulong)high << 32 | low;
    }

    /// <summary>The next number in [0, 1), uniform, with 53 random bits.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>The next whole number in [0, <paramref name="bound"/>), uniform.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The bound is not positive.</exception>
    public int NextInt32(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        return (int)Math.BigMul(NextUInt64(), (ulong)bound, out _);
    }

    /// <summary>The next true or false, each with chance one half.</summary>
    public bool NextBoolean() => (NextUInt64() & 1) != 0;

    /// <summary>A random order of the numbers 0 .. <paramref name="count"/> - 1 (Fisher-Yates).</summary>
    public int[] Permutation(int count)
    {
        var order = Enumerable.Range(0, count).ToArray();
        for (int last = count - 1; last > 0; last--)
        {
            int other = NextInt32(last + 1);
            (order[last], order[other]) = (order[other], order[last]);
        }
        return order;
    }

    /// <summary>
    /// Fills <paramref name="values"/> with standard normal numbers (Box-Muller); value i depends on (seed, stream,
    /// index, i) only, so that any number of threads makes the same values.
    /// </summary>
    public static void Normal(long seed, RandomStream stream, long index, float[] values)
    {
        var (key, counter) = (unchecked((ulong)seed), unchecked((ulong)index));
        Parallel.For(
            0,
            (values.Length + Chunk - 1) / Chunk,
            chunk =>
            {
                int end = Math.Min((chunk + 1) * Chunk, values.Length);
                Span<float> four = stackalloc float[4];
                for (int i = chunk * Chunk; i < end; i += 4)
                {
                    // The block number takes a word of its own (bit 31 of the stream word keeps it apart from draws).
                    var (a, b, c, d) = Philox.Block(
                        (uint)(i / 4),
                        (uint)stream | 1u << 31,
                        (uint)counter,
                        (uint)(counter >> 32),
                        (uint)key,
                        (uint)(key >> 32)
                    );
                    BoxMuller(a, b, four);
                    BoxMuller(c, d, four[2..]);
                    four[..Math.Min(4, end - i)].CopyTo(values.AsSpan(i));
                }
            }
        );
    }

    private const int Chunk = 1 << 14;

    private static void BoxMuller(uint first, uint second, Span<float> two)
    {
        double radius = Math.Sqrt(-2 * Math.Log((first + 1.0) * (1.0 / 4294967296)));
        var (sine, cosine) = Math.SinCos(second * (2 * Math.PI / 4294967296));
        (two[0], two[1]) = ((float)(radius * cosine), (float)(radius * sine));
    }
}

namespace MlNetImageTranslation.Weights;

/// <summary>
/// What reading one file may cost: bytes of memory taken and steps of work done. Everything that is made or copied is
/// charged, whether it is kept or dropped. The limits grow with the bytes read, so that a small file cannot ask for
/// much.
/// </summary>
/// <remarks>
/// A tensor takes about 100 bytes of a pickle, 900 bytes of memory and 30 steps, so real files stay far below.
/// </remarks>
internal sealed class PickleBudget
{
    /// <summary>The most bytes of pickles that one file may have; the values of tensors do not count.</summary>
    public const int MaximumBytesRead = 64 << 20;

    /// <summary>Bytes that may be made before anything was read.</summary>
    public const long FreeBytes = 16 << 20;

    /// <summary>Bytes that may be made for every byte read.</summary>
    public const long BytesPerByteRead = 32;

    /// <summary>Steps that may be done before anything was read.</summary>
    public const long FreeSteps = 4_000_000;

    /// <summary>Steps that may be done for every byte read.</summary>
    public const long StepsPerByteRead = 16;

    /// <summary>Bytes of pickles read so far.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Bytes of memory taken so far, by estimate.</summary>
    public long BytesMade { get; private set; }

    /// <summary>Operations, items copied and characters hashed so far.</summary>
    public long Steps { get; private set; }

    /// <summary>Counts bytes that are about to be read.</summary>
    /// <exception cref="FormatException">They are too many.</exception>
    public void Read(long bytes)
    {
        if (bytes > MaximumBytesRead - BytesRead)
            throw new FormatException($"Its pickle has more than {MaximumBytesRead >> 20} megabytes.");
        BytesRead += bytes;
    }

    /// <summary>Counts memory that is about to be taken.</summary>
    /// <exception cref="FormatException">It is more than the bytes read allow.</exception>
    public void Make(long bytes)
    {
        long limit = FreeBytes + BytesPerByteRead * BytesRead;
        if (bytes > limit - BytesMade)
            throw new FormatException(
                $"Its pickle takes more than {limit} bytes of memory after {BytesRead} bytes read: it is made to "
                    + $"exhaust memory, or it holds much besides tensors."
            );
        BytesMade += bytes;
    }

    /// <summary>Counts memory for a copy of references, and the work of copying them.</summary>
    /// <inheritdoc cref="Make"/>
    public void Copy(long items, int bytesPerItem)
    {
        Make(items * bytesPerItem);
        Work(items);
    }

    /// <summary>Counts work that is about to be done.</summary>
    /// <exception cref="FormatException">It is more than the bytes read allow.</exception>
    public void Work(long steps)
    {
        long limit = FreeSteps + StepsPerByteRead * BytesRead;
        if (steps > limit - Steps)
            throw new FormatException(
                $"Its pickle takes more than {limit} steps of work after {BytesRead} bytes read: it is made to take "
                    + $"time, or it holds much besides tensors."
            );
        Steps += steps;
    }
}

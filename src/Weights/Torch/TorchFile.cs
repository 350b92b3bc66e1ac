namespace MlNetImageTranslation.Weights;

/// <summary>An opened PyTorch file: its data without the values of tensors, which are read one by one.</summary>
internal abstract class TorchFile : IDisposable
{
    // What all tensors together may have: twice the bytes of the file, for files of 16-bit floats.
    private long _left;

    protected TorchFile(Stream stream, PickleBudget budget)
    {
        Stream = stream;
        Budget = budget;
        _left = stream.Length / 2;
    }

    /// <summary>What was saved.</summary>
    public object? Root { get; protected init; }

    /// <summary>What reading it has cost.</summary>
    public PickleBudget Budget { get; }

    protected Stream Stream { get; }

    /// <summary>Opens a file of either format.</summary>
    /// <param name="stream">The file, from its beginning.</param>
    /// <param name="budget">Is charged for what is made; a new one where null.</param>
    /// <exception cref="FormatException">It is neither, or not sound.</exception>
    public static TorchFile Open(Stream stream, PickleBudget? budget = null)
    {
        Span<byte> start = stackalloc byte[4];
        int read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        budget ??= new();
        return start[..read].SequenceEqual("PK\x3\x4"u8)
            ? new TorchZipFile(stream, budget)
            : new TorchLegacyFile(stream, budget);
    }

    /// <summary>The values of a tensor, row-major, as float32.</summary>
    /// <exception cref="FormatException">The storage is missing or too short, or it holds no floating-point
    /// numbers.</exception>
    public float[] Values(TorchTensor tensor)
    {
        if (!tensor.Storage.Type.IsFloat())
            throw new FormatException(
                $"Storage '{tensor.Storage.Key}' holds {tensor.Storage.Type} values; expected floating-point numbers."
            );
        // Many tensors over one storage could together ask for any amount of memory.
        if (tensor.Count == 0)
            return [];
        if ((_left -= Math.Max(tensor.Count, tensor.Span)) < 0)
            throw new FormatException($"Its tensors have more values in all than {Stream.Length} bytes can hold.");
        // Not disposed: it may be the file itself.
        var storage = OpenStorage(tensor.Storage);
        Skip(storage, tensor.Offset * tensor.Storage.Type.Size());
        // From the first to the last of its values in the storage; where it is contiguous these are its values.
        var span = GC.AllocateUninitializedArray<float>(checked((int)tensor.Span));
        Read(storage, tensor, span);
        var values = IsContiguous(tensor) ? span : Gather(span, tensor);
        if (tensor.IsNegated)
            for (int i = 0; i < values.Length; i++)
                values[i] = -values[i];
        return values;
    }

    public virtual void Dispose() => Stream.Dispose();

    /// <summary>A stream that begins with the storage's first value and holds at least all of them.</summary>
    protected abstract Stream OpenStorage(TorchStorage storage);

    private static void Read(Stream storage, TorchTensor tensor, float[] values)
    {
        try
        {
            ElementTypes.Read(storage, tensor.Storage.Type, values);
        }
        catch (Exception exception) when (exception is EndOfStreamException or InvalidDataException)
        {
            throw new FormatException($"Storage '{tensor.Storage.Key}' ends too early.", exception);
        }
    }

    private static void Skip(Stream storage, long bytes)
    {
        if (storage.CanSeek)
        {
            storage.Position += bytes;
            return;
        }
        var buffer = new byte[(int)Math.Min(bytes, 1 << 16)];
        for (int read; bytes > 0 && (read = storage.Read(buffer, 0, (int)Math.Min(bytes, buffer.Length))) > 0; )
            bytes -= read;
    }

    private static bool IsContiguous(TorchTensor tensor)
    {
        long expected = 1;
        for (int i = tensor.Shape.Length - 1; i >= 0; i--)
        {
            if (tensor.Shape[i] != 1 && tensor.Strides[i] != expected)
                return false;
            expected *= tensor.Shape[i];
        }
        return true;
    }

    private static float[] Gather(float[] span, TorchTensor tensor)
    {
        var values = new float[tensor.Count];
        var index = new int[tensor.Shape.Length];
        long position = 0;
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = span[position];
            for (int axis = index.Length - 1; axis >= 0; axis--)
            {
                position += tensor.Strides[axis];
                if (++index[axis] < tensor.Shape[axis])
                    break;
                position -= tensor.Strides[axis] * tensor.Shape[axis];
                index[axis] = 0;
            }
        }
        return values;
    }
}

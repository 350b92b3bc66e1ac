using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace MlNetImageTranslation.Weights;

/// <summary>
/// What a safetensors file holds (https://github.com/huggingface/safetensors): a JSON header and raw little-endian
/// tensors.
/// </summary>
/// <param name="Weights">The floating-point tensors, in the header's order.</param>
/// <param name="Metadata">The header's <c>__metadata__</c>; empty where there is none.</param>
/// <param name="SkippedNames">Tensors of integers (such as PyTorch's <c>num_batches_tracked</c>), which are no weights
/// and were not read.</param>
internal sealed record Safetensors(
    StateDict Weights,
    IReadOnlyDictionary<string, string> Metadata,
    IReadOnlyList<string> SkippedNames
)
{
    /// <summary>Reads a file; F16, BF16 and F64 tensors become float32, integers are skipped.</summary>
    /// <exception cref="FormatException">The file is not a sound safetensors file; the message names it and the
    /// tensor.</exception>
    public static Safetensors Read(string path)
    {
        using var stream = new FileStream(
            path,
            FileMode.Open,
            FileAccess.Read,
            FileShare.Read,
            bufferSize: 0,
            FileOptions.SequentialScan
        );
        try
        {
            return Read(stream);
        }
        catch (FormatException exception)
        {
            throw new FormatException($"'{path}' is not a sound safetensors file. {exception.Message}", exception);
        }
    }

    /// <summary>Reads from the stream's position to its end.</summary>
    /// <exception cref="FormatException">This is not a sound safetensors file; the message names the
    /// tensor.</exception>
    public static Safetensors Read(Stream stream)
    {
        // Sizes are checked against the length of the file before anything is allocated, so the length must be known.
        if (!stream.CanSeek)
        {
            var copy = new MemoryStream();
            stream.CopyTo(copy);
            copy.Position = 0;
            stream = copy;
        }
        var header = ReadHeader(stream);
        long data = stream.Position;
        var tensors = header
            .Entries.Where(entry => entry.Type.IsFloat())
            .OrderBy(entry => entry.Begin)
            .ToDictionary(entry => entry.Name, entry => new WeightTensor(entry.Shape, ReadValues(stream, data, entry)));
        var weights = new StateDict();
        foreach (var entry in header.Entries)
            if (tensors.TryGetValue(entry.Name, out var tensor))
                weights[entry.Name] = tensor;
        return new(
            weights,
            header.Metadata,
            [.. header.Entries.Where(entry => !entry.Type.IsFloat()).Select(entry => entry.Name)]
        );
    }

    /// <summary>Reads only the metadata of a file, not its tensors.</summary>
    /// <exception cref="FormatException">The file is not a sound safetensors file; the message names it.</exception>
    public static IReadOnlyDictionary<string, string> ReadMetadata(string path)
    {
        RegularFile.Require(path);
        using var stream = File.OpenRead(path);
        try
        {
            return ReadHeader(stream).Metadata;
        }
        catch (FormatException exception)
        {
            throw new FormatException($"'{path}' is not a sound safetensors file. {exception.Message}", exception);
        }
    }

    /// <summary>
    /// Writes a file as float32 in the order of <paramref name="weights"/>. It appears under its name only when it is
    /// complete; an older file of that name is replaced.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="weights">What to write.</param>
    /// <param name="metadata">Strings for the header, such as a <see cref="ModelCard"/>'s JSON.</param>
    /// <param name="flushToDisk">Whether to wait until the bytes are on the disk before the file gets its name, so that
    /// not even a power cut leaves half of it.</param>
    public static void Write(
        string path,
        StateDict weights,
        IReadOnlyDictionary<string, string>? metadata = null,
        bool flushToDisk = true
    ) => AtomicFile.WriteStream(path, stream => Write(stream, weights, metadata), flushToDisk);

    /// <summary>Writes to a stream, which stays open.</summary>
    public static void Write(Stream stream, StateDict weights, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var header = SerializeHeader(weights, metadata);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        stream.Write(length);
        stream.Write(header);
        var swapped = Array.Empty<int>();
        foreach (var name in weights.Names)
        {
            var values = weights[name].Values.AsSpan();
            if (BitConverter.IsLittleEndian)
            {
                stream.Write(MemoryMarshal.AsBytes(values));
                continue;
            }
            if (swapped.Length < values.Length)
                swapped = new int[values.Length];
            BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<float, int>(values), swapped);
            stream.Write(MemoryMarshal.AsBytes(swapped.AsSpan(0, values.Length)));
        }
    }

    /// <summary>Reads one tensor of floating-point numbers.</summary>
    /// <param name="stream">The file, one that can seek.</param>
    /// <param name="data">Where its data begin: the stream's position after <see cref="ReadHeader"/>.</param>
    /// <param name="entry">The tensor.</param>
    public static float[] ReadValues(Stream stream, long data, SafetensorsEntry entry)
    {
        stream.Position = data + entry.Begin;
        var values = GC.AllocateUninitializedArray<float>((int)((entry.End - entry.Begin) / entry.Type.Size()));
        ElementTypes.Read(stream, entry.Type, values);
        return values;
    }

    /// <summary>Reads and checks the header; the stream then stands where the data begin.</summary>
    public static SafetensorsHeader ReadHeader(Stream stream)
    {
        CheckKind(stream);
        long available = stream.Length - stream.Position - 8;
        if (available < 0)
            throw new FormatException($"It has {available + 8} bytes; expected at least 8.");
        Span<byte> bytes = stackalloc byte[8];
        stream.ReadExactly(bytes);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        if (length > SafetensorsHeader.MaximumLength)
            throw new FormatException(
                $"Its header has {length} bytes; expected at most {SafetensorsHeader.MaximumLength}."
            );
        if (length > (ulong)available)
            throw new FormatException($"Its header has {length} bytes, but only {available} follow.");
        var json = new byte[(int)length];
        stream.ReadExactly(json);
        return SafetensorsHeader.Parse(json, available - json.Length);
    }

    private static void CheckKind(Stream stream)
    {
        long position = stream.Position;
        Span<byte> start = stackalloc byte[UnexpectedContent.BytesNeeded];
        int read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        stream.Position = position;
        if (UnexpectedContent.Describe(start[..read]) is { } unexpected)
            throw new FormatException(unexpected);
    }

    private static byte[] SerializeHeader(StateDict weights, IReadOnlyDictionary<string, string>? metadata)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                writer.WriteStartObject("__metadata__");
                foreach (var (key, value) in metadata)
                    writer.WriteString(
                        key,
                        value
                            ?? throw new ArgumentException(
                                $"The metadata's '{key}' is null; expected a string.",
                                nameof(metadata)
                            )
                    );
                writer.WriteEndObject();
            }
            long position = 0;
            foreach (var name in weights.Names)
            {
                var tensor = weights[name];
                writer.WriteStartObject(name);
                writer.WriteString("dtype", "F32");
                writer.WriteStartArray("shape");
                foreach (int side in tensor.Shape)
                    writer.WriteNumberValue(side);
                writer.WriteEndArray();
                writer.WriteStartArray("data_offsets");
                writer.WriteNumberValue(position);
                writer.WriteNumberValue(position += tensor.Values.LongLength * sizeof(float));
                writer.WriteEndArray();
                writer.WriteEndObject();
            }
            writer.WriteEndObject();
        }
        // The data begin at a multiple of eight bytes, as the format advises: readers map them into memory.
        while (buffer.Length % 8 != 0)
            buffer.WriteByte((byte)' ');
        return buffer.ToArray();
    }
}

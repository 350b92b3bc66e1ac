using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace MlNetImageTranslation.Weights.Tests;

/// <summary>Writes pickles operation by operation, and the zip archives around them.</summary>
internal sealed class PickleWriter
{
    private readonly MemoryStream _bytes = new();

    public PickleWriter() => Op(0x80, 2);

    public PickleWriter Op(params ReadOnlySpan<byte> bytes)
    {
        _bytes.Write(bytes);
        return this;
    }

    public PickleWriter Op(char code) => Op((byte)code);

    public PickleWriter Op(char code, byte argument) => Op((byte)code, argument);

    public PickleWriter Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Op('X').Int(bytes.Length);
        return Op(bytes);
    }

    public PickleWriter Global(string module, string name) => Op(Encoding.ASCII.GetBytes($"c{module}\n{name}\n"));

    /// <summary>A number of any size (LONG1).</summary>
    public PickleWriter Number(long value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return Op(0x8a, 8).Op(bytes);
    }

    public PickleWriter Tuple(params ReadOnlySpan<long> values)
    {
        Op('(');
        foreach (long value in values)
            Number(value);
        return Op('t');
    }

    /// <summary>A tensor of float32.</summary>
    public PickleWriter Tensor(string key, long count, long offset, long[] shape, long[] strides)
    {
        Global("torch._utils", "_rebuild_tensor_v2")
            .Op('(')
            .Op('(')
            .Text("storage")
            .Global("torch", "FloatStorage")
            .Text(key)
            .Text("cpu")
            .Number(count)
            .Op('t')
            .Op('Q');
        return Number(offset)
            .Tuple(shape)
            .Tuple(strides)
            .Op(0x89)
            .Global("collections", "OrderedDict")
            .Op(')')
            .Op('R')
            .Op('t')
            .Op('R');
    }

    public PickleWriter Int(int value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return Op(bytes);
    }

    public byte[] ToPickle() => [.. _bytes.ToArray(), (byte)'.'];

    /// <summary>The pickle in a PyTorch zip file, with storages "0", "1" ... of that many bytes.</summary>
    public byte[] ToFile(params ReadOnlySpan<int> storages)
    {
        var entries = new List<(string, byte[])> { ("archive/data.pkl", ToPickle()) };
        foreach (int length in storages)
            entries.Add(($"archive/data/{entries.Count - 1}", new byte[length]));
        return Zip(CompressionLevel.NoCompression, [.. entries]);
    }

    public static byte[] Zip(CompressionLevel level, params ReadOnlySpan<(string Name, byte[] Bytes)> entries)
    {
        var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, bytes) in entries)
            {
                using var entry = archive.CreateEntry(name, level).Open();
                entry.Write(bytes);
            }
        return stream.ToArray();
    }
}

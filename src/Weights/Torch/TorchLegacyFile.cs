using System.Buffers.Binary;
using System.Numerics;

namespace MlNetImageTranslation.Weights;

/// <summary>
/// PyTorch's format before 1.6: a magic number, a version, facts about the machine, the data and the storages' keys,
/// five pickles in a row; then the storages.
/// </summary>
internal sealed class TorchLegacyFile : TorchFile
{
    private const long Version = 1001;

    private static readonly BigInteger s_magic = BigInteger.Parse(
        "119547037146038801333356",
        System.Globalization.CultureInfo.InvariantCulture
    );

    private readonly Dictionary<string, long> _storages = [];

    public TorchLegacyFile(Stream stream, PickleBudget budget)
        : base(stream, budget)
    {
        var buffered = new BufferedStream(stream, 1 << 16);
        if (!IsMagic(buffered))
        {
            stream.Position = 0;
            // The first operation of every pickle of protocol 2 or more.
            throw new FormatException(
                stream.ReadByte() == 0x80
                    ? "It is a pickle, but none that torch.save wrote: save the network's state_dict() by torch.save."
                    : "It is neither a safetensors file nor one of torch.save: neither a zip archive nor a pickle."
            );
        }
        if (Next(buffered) is not Version)
            throw new FormatException($"It has another format version than {Version}.");
        if (
            Next(buffered) is PickleDictionary facts
            && facts.Items.Any(item => item is { Key: "little_endian", Value: false })
        )
            throw new FormatException("Its numbers are big-endian; expected little-endian.");
        var data = new PickleReader(buffered, Budget);
        Root = data.Read();
        if (Next(buffered) is not PickleList keys)
            throw new FormatException("It has no list of storages.");
        FindStorages(buffered, keys, data.Storages);
    }

    protected override Stream OpenStorage(TorchStorage storage)
    {
        if (!_storages.TryGetValue(storage.Key, out long position))
            throw new FormatException($"Storage '{storage.Key}' is not in the file.");
        Stream.Position = position;
        return Stream;
    }

    private bool IsMagic(Stream stream)
    {
        try
        {
            return Next(stream) is BigInteger magic && magic == s_magic;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private object? Next(Stream stream) => new PickleReader(stream, Budget).Read();

    private void FindStorages(Stream stream, PickleList keys, IReadOnlyDictionary<string, TorchStorage> known)
    {
        Span<byte> bytes = stackalloc byte[8];
        foreach (var key in keys)
        {
            if (key is not string name || !known.TryGetValue(name, out var storage))
                throw new FormatException($"It has a storage '{key}' that no tensor uses.");
            if (stream.Length - stream.Position < 8)
                throw new FormatException($"It ends before storage '{name}'.");
            stream.ReadExactly(bytes);
            long count = BinaryPrimitives.ReadInt64LittleEndian(bytes),
                left = stream.Length - stream.Position;
            if (count != storage.Count)
                throw new FormatException($"Storage '{name}' has {count} values; its tensors expect {storage.Count}.");
            if (count > left / storage.Type.Size())
                throw new FormatException(
                    $"Storage '{name}' needs {count * storage.Type.Size()} bytes, but {left} are left."
                );
            if (!_storages.TryAdd(name, stream.Position))
                throw new FormatException($"It has storage '{name}' twice.");
            stream.Position += count * storage.Type.Size();
        }
    }
}

using System.Buffers.Binary;

namespace MlNetImageTranslation.Weights.Tests;

/// <summary>Damages files by chance, the same for the same seed.</summary>
internal sealed class Mutator(int seed)
{
    private static readonly long[] s_lengths =
    [
        0,
        1,
        -1,
        255,
        65536,
        int.MaxValue,
        uint.MaxValue,
        1L << 32,
        1L << 40,
        long.MaxValue,
        long.MinValue,
    ];

    private readonly Random _random = new(seed);

    /// <summary>A damaged copy: cut off, bits flipped, lengths enlarged, pieces moved, doubled or taken out.</summary>
    public byte[] Damage(byte[] file)
    {
        var bytes = (byte[])file.Clone();
        for (int times = _random.Next(1, 4); times > 0; times--)
        {
            int at = Position(bytes.Length);
            bytes = _random.Next(7) switch
            {
                0 => bytes[..at],
                1 or 2 => Flip(bytes, at),
                3 => WriteLength(bytes, at),
                4 => [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + _random.Next(1, 32))..]],
                5 => [.. bytes[..at], .. bytes[at..Math.Min(bytes.Length, at + _random.Next(1, 64))], .. bytes[at..]],
                _ => Exchange(bytes, at),
            };
            if (bytes.Length == 0)
                break;
        }
        return bytes;
    }

    // Headers, pickles and directories stand at the ends; the values of tensors between them matter less.
    private int Position(int length) =>
        _random.Next(3) switch
        {
            0 => _random.Next(Math.Min(length, 2048)),
            1 => length - 1 - _random.Next(Math.Min(length, 2048)),
            _ => _random.Next(length),
        };

    private byte[] Flip(byte[] bytes, int at)
    {
        for (int i = at; i < Math.Min(bytes.Length, at + _random.Next(1, 5)); i++)
            bytes[i] = (byte)_random.Next(256);
        return bytes;
    }

    private byte[] WriteLength(byte[] bytes, int at)
    {
        long length = s_lengths[_random.Next(s_lengths.Length)];
        if (_random.Next(2) == 0 && at + 8 <= bytes.Length)
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(at), length);
        else if (at + 4 <= bytes.Length)
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), (int)length);
        return bytes;
    }

    private byte[] Exchange(byte[] bytes, int at)
    {
        int other = Position(bytes.Length),
            count = Math.Min(_random.Next(1, 64), bytes.Length - Math.Max(at, other));
        var moved = bytes.AsSpan(at, count).ToArray();
        bytes.AsSpan(other, count).CopyTo(bytes.AsSpan(at));
        moved.CopyTo(bytes.AsSpan(other));
        return bytes;
    }
}

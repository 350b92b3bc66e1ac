using System.Buffers.Binary;
using System.Text;

namespace MlNetImageTranslation.Weights;

/// <summary>
/// The bytes of a pickle. Every length is checked against the bytes that are left before memory is taken, and what is
/// read is charged to a budget.
/// </summary>
internal sealed class PickleInput(Stream stream, PickleBudget budget)
{
    /// <summary>Memory of an empty string.</summary>
    public const int TextBytes = 24;

    private static readonly UTF8Encoding s_utf8 = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );
    private byte[] _buffer = new byte[256];

    /// <summary>The characters up to the end of the line.</summary>
    public string Line()
    {
        var line = new StringBuilder();
        for (int next; (next = Byte()) != '\n'; )
        {
            if (line.Length >= 256)
                throw new FormatException($"Its pickle has a name of more than 256 characters: '{line}...'.");
            line.Append((char)next);
        }
        return line.ToString();
    }

    /// <summary>The next byte.</summary>
    public int Byte()
    {
        int value = stream.ReadByte();
        if (value < 0)
            throw new FormatException("Its pickle ends too early.");
        budget.Read(1);
        return value;
    }

    /// <summary>A length of eight bytes.</summary>
    public long Length()
    {
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(Bytes(8));
        return (long)Math.Min(length, long.MaxValue);
    }

    /// <summary>The next bytes; valid until the next call.</summary>
    public ReadOnlySpan<byte> Bytes(long count)
    {
        CheckLeft(count);
        if (_buffer.Length < count)
            _buffer = new byte[(int)count];
        var bytes = _buffer.AsSpan(0, (int)count);
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>A string of UTF-8.</summary>
    public string Text(long length)
    {
        var bytes = Bytes(length);
        budget.Make(TextBytes + 2 * length);
        try
        {
            return s_utf8.GetString(bytes);
        }
        catch (DecoderFallbackException exception)
        {
            throw new FormatException("Its pickle has a string that is not UTF-8.", exception);
        }
    }

    /// <summary>Reads past bytes.</summary>
    public void Skip(long count)
    {
        CheckLeft(count);
        stream.Position += count;
    }

    private void CheckLeft(long count)
    {
        if (count > stream.Length - stream.Position)
            throw new FormatException(
                $"Its pickle has a value of {count} bytes where {stream.Length - stream.Position} are left."
            );
        budget.Read(count);
    }
}

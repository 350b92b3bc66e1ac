using System.Buffers.Binary;
using System.Text;

namespace MlNetImageTranslation.Export;

/// <summary>
/// Walks the fields of one protobuf message in place. Nothing is allocated by a length that a file claims, which is why
/// this is not Google.Protobuf's reader; everything malformed is a <see cref="FormatException"/>.
/// </summary>
internal ref struct ProtobufReader(ReadOnlySpan<byte> message)
{
    /// <summary>The longest string that is read, in bytes.</summary>
    public const int MaximumTextLength = 1 << 20;

    private readonly ReadOnlySpan<byte> _message = message;
    private int _position;
    private ulong _number;

    /// <summary>The number of the field that <see cref="Next"/> came to.</summary>
    public int Field { get; private set; }

    /// <summary>Where the next field begins.</summary>
    public readonly int Position => _position;

    /// <summary>Whether the field is of bytes, a string or a message.</summary>
    public bool HasBytes { get; private set; }

    /// <summary>The value of an integer field; 0 for other fields.</summary>
    public readonly long Number => (long)_number;

    /// <summary>The value of a bytes, string or message field; empty for other fields.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>The value of a string field.</summary>
    /// <exception cref="FormatException">It is longer than <see cref="MaximumTextLength"/>.</exception>
    public readonly string Text =>
        Bytes.Length <= MaximumTextLength
            ? Encoding.UTF8.GetString(Bytes)
            : throw new FormatException(
                $"It has a text of {Bytes.Length} bytes in field {Field}; expected at most {MaximumTextLength}."
            );

    /// <summary>Goes to the next field; false at the end of the message.</summary>
    public bool Next()
    {
        if (_position == _message.Length)
            return false;
        int start = _position;
        ulong tag = Varint();
        if (tag >> 3 is 0 or > 536870911)
            throw Malformed(start, "no field number");
        Field = (int)(tag >> 3);
        _number = 0;
        Bytes = default;
        HasBytes = (tag & 7) == 2;
        switch (tag & 7)
        {
            case 0:
                _number = Varint();
                break;
            case 1:
                _number = BinaryPrimitives.ReadUInt64LittleEndian(Take(8));
                break;
            case 2:
                Bytes = Take(Varint());
                break;
            case 5:
                _number = BinaryPrimitives.ReadUInt32LittleEndian(Take(4));
                break;
            default:
                throw Malformed(start, $"wire type {tag & 7}");
        }
        return true;
    }

    private ReadOnlySpan<byte> Take(ulong count)
    {
        if (count > (ulong)(_message.Length - _position))
            throw Malformed(
                _position,
                $"{count} bytes announced where {_message.Length - _position} are left; the file may be cut short"
            );
        var taken = _message.Slice(_position, (int)count);
        _position += (int)count;
        return taken;
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            if (_position == _message.Length)
                throw Malformed(_position, "a number that is cut off");
            byte next = _message[_position++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
        throw Malformed(_position, "a number of more than 64 bits");
    }

    private readonly FormatException Malformed(int position, string what) =>
        new($"Malformed data at byte {position} of a message of {_message.Length} bytes: {what}.");
}

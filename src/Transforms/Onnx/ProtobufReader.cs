using System.Buffers.Binary;
using System.Text;

namespace MlNetImageTranslation.Transforms;

/// <summary>Walks the fields of one protobuf message without copying. Everything malformed is a <see cref="FormatException"/>.</summary>
internal ref struct ProtobufReader(ReadOnlySpan<byte> message)
{
    private readonly ReadOnlySpan<byte> _message = message;
    private int _position;
    private ulong _number;
    private ReadOnlySpan<byte> _bytes;

    /// <summary>The number of the field that <see cref="Next"/> came to.</summary>
    public int Field { get; private set; }

    /// <summary>Where that field's tag begins in the message.</summary>
    public int Start { get; private set; }

    /// <summary>Tag and value of that field as they stand.</summary>
    public readonly ReadOnlySpan<byte> Raw => _message[Start.._position];

    /// <summary>The value of an integer field.</summary>
    public readonly long Number => (long)_number;

    /// <summary>The value of a bytes, string or message field.</summary>
    public readonly ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>The value of a string field.</summary>
    public readonly string Text => Encoding.UTF8.GetString(_bytes);

    /// <summary>Whether the field holds bytes (so a repeated number is packed).</summary>
    public bool IsBytes { get; private set; }

    /// <summary>Goes to the next field; false at the end.</summary>
    public bool Next()
    {
        if (_position == _message.Length) return false;
        Start = _position;
        ulong tag = Varint();
        if (tag >> 3 is 0 or > 536870911) throw Malformed();
        Field = (int)(tag >> 3);
        _number = 0;
        _bytes = default;
        IsBytes = false;
        switch (tag & 7)
        {
            case 0:
                _number = Varint();
                break;
            case 1:
                _number = BinaryPrimitives.ReadUInt64LittleEndian(Take(8));
                break;
            case 2:
                _bytes = Take(Varint());
                IsBytes = true;
                break;
            case 5:
                _number = BinaryPrimitives.ReadUInt32LittleEndian(Take(4));
                break;
            default:
                throw Malformed();
        }
        return true;
    }

    private ReadOnlySpan<byte> Take(ulong count)
    {
        if (count > (ulong)(_message.Length - _position)) throw Malformed();
        var taken = _message.Slice(_position, (int)count);
        _position += (int)count;
        return taken;
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            if (_position == _message.Length) throw Malformed();
            byte next = _message[_position++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }
        throw Malformed();
    }

    private readonly FormatException Malformed() => new($"This is not an ONNX model: malformed data at byte {_position} of a message of {_message.Length} bytes.");
}

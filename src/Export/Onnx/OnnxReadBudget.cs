using Google.Protobuf;

namespace MlNetImageTranslation.Export;

/// <summary>Bounds what is kept of a model's description, whatever the file holds.</summary>
internal sealed class OnnxReadBudget
{
    private const int MaximumEntries = 65536,
        MaximumMessages = 1 << 20,
        MaximumTextLength = 1 << 26;

    private long _textLength;
    private int _messages;

    /// <summary>A small message.</summary>
    /// <exception cref="FormatException">It is not small, or malformed.</exception>
    public T Parse<T>(MessageParser<T> parser, ReadOnlySpan<byte> message)
        where T : class, IMessage<T>
    {
        if (message.Length > ProtobufReader.MaximumTextLength)
            throw new FormatException(
                $"It has a {typeof(T).Name} of {message.Length} bytes; expected at most "
                    + $"{ProtobufReader.MaximumTextLength}."
            );
        CountText(message.Length);
        try
        {
            return parser.ParseFrom(message);
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new FormatException($"Malformed data in a {typeof(T).Name}: {exception.Message}", exception);
        }
    }

    /// <summary>The text of a field.</summary>
    public string Text(in ProtobufReader fields)
    {
        CountText(fields.Bytes.Length);
        return fields.Text;
    }

    private void CountText(int length)
    {
        _textLength += length;
        if (_textLength > MaximumTextLength)
            throw new FormatException($"It has more than {MaximumTextLength} bytes of names and metadata.");
    }

    /// <summary>Counts a message.</summary>
    public void CountMessage() => Bound(++_messages, "nodes, attributes and tensors", MaximumMessages);

    /// <summary>Refuses more of something than any model has.</summary>
    public static void Bound(int count, string what, int maximum = MaximumEntries)
    {
        if (count > maximum)
            throw new FormatException($"It has more than {maximum} {what}.");
    }
}

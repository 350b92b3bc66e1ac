using Google.Protobuf;

namespace MlNetImageTranslation.Export;

/// <summary>Writes fields in protobuf's wire format.</summary>
internal sealed class StreamSink(CodedOutputStream output) : IProtobufSink
{
    public void Integer(int field, long value)
    {
        output.WriteTag(field, WireFormat.WireType.Varint);
        output.WriteInt64(value);
    }

    public void Float(int field, float value)
    {
        output.WriteTag(field, WireFormat.WireType.Fixed32);
        output.WriteFloat(value);
    }

    public void Double(int field, double value)
    {
        output.WriteTag(field, WireFormat.WireType.Fixed64);
        output.WriteDouble(value);
    }

    public void Text(int field, string value)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteString(value);
    }

    public void Bytes(int field, int length, Func<ReadOnlyMemory<byte>> content)
    {
        var bytes = content();
        if (bytes.Length != length)
            throw new InvalidOperationException(
                $"Field {field} was announced with {length} bytes, but {bytes.Length} came."
            );
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(UnsafeByteOperations.UnsafeWrap(bytes));
    }

    public void Message(int field, ProtobufMessage message)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteLength(message.Size);
        message.Write(this);
    }
}

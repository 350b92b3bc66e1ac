using Google.Protobuf;

namespace MlNetImageTranslation.Export;

/// <summary>Counts the bytes that fields take on the wire.</summary>
internal sealed class SizeSink : IProtobufSink
{
    /// <summary>Bytes so far.</summary>
    public int Size { get; private set; }

    public void Integer(int field, long value) => Add(field, CodedOutputStream.ComputeInt64Size(value));

    public void Float(int field, float value) => Add(field, 4);

    public void Double(int field, double value) => Add(field, 8);

    public void Text(int field, string value) => Add(field, CodedOutputStream.ComputeStringSize(value));

    public void Bytes(int field, int length, Func<ReadOnlyMemory<byte>> content) =>
        Add(field, checked(CodedOutputStream.ComputeLengthSize(length) + length));

    public void Message(int field, ProtobufMessage message) =>
        Add(field, checked(CodedOutputStream.ComputeLengthSize(message.Size) + message.Size));

    private void Add(int field, int length) => Size = checked(Size + CodedOutputStream.ComputeTagSize(field) + length);
}

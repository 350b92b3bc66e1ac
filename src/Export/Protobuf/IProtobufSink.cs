namespace MlNetImageTranslation.Export;

/// <summary>Takes the fields of a message one after another; one sink counts bytes, another writes them.</summary>
internal interface IProtobufSink
{
    /// <summary>A varint field.</summary>
    void Integer(int field, long value);

    /// <summary>A 32-bit floating-point field.</summary>
    void Float(int field, float value);

    /// <summary>A 64-bit floating-point field.</summary>
    void Double(int field, double value);

    /// <summary>A UTF-8 string field.</summary>
    void Text(int field, string value);

    /// <summary>A bytes field of known length, whose content is made only when it is written.</summary>
    void Bytes(int field, int length, Func<ReadOnlyMemory<byte>> content);

    /// <summary>A nested message.</summary>
    void Message(int field, ProtobufMessage message);
}

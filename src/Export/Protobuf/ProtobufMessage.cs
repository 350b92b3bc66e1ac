using Google.Protobuf;

namespace MlNetImageTranslation.Export;

/// <summary>
/// A message that is only ever written. Each kind lists its fields once; the length that the wire format puts before a
/// nested message comes from the same list, so that hundreds of megabytes of weights go to the stream without a copy of
/// the model in memory.
/// </summary>
internal abstract class ProtobufMessage
{
    private int? _size;

    /// <summary>The message's length on the wire, in bytes. Messages must not change after the first call.</summary>
    /// <exception cref="OverflowException">It exceeds what the format can hold, 2 GiB.</exception>
    public int Size
    {
        get
        {
            if (_size is { } known)
                return known;
            var counter = new SizeSink();
            Write(counter);
            _size = counter.Size;
            return counter.Size;
        }
    }

    /// <summary>Hands all fields to the sink, in order.</summary>
    public abstract void Write(IProtobufSink sink);

    /// <summary>Writes the message (without a length before it) and flushes; the stream stays open.</summary>
    public void WriteTo(Stream stream)
    {
        using var output = new CodedOutputStream(stream, bufferSize: Math.Clamp(Size, 64, 1 << 16), leaveOpen: true);
        Write(new StreamSink(output));
        output.Flush();
    }

    /// <summary>The message as bytes.</summary>
    public byte[] ToArray()
    {
        var stream = new MemoryStream(Size);
        WriteTo(stream);
        return stream.ToArray();
    }
}

using System.Buffers;
using System.Text.Json;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// A file of one JSON object a line that only grows, and whose length can be taken back to that of a checkpoint.
/// </summary>
internal sealed class RunLog : IDisposable
{
    private readonly FileStream _stream;

    /// <summary>Opens the file and cuts it to <paramref name="length"/> bytes (null: leaves it as it is).</summary>
    public RunLog(string path, long? length)
    {
        _stream = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
        if (length is { } bytes)
        {
            if (_stream.Length < bytes)
                throw new InvalidDataException(
                    $"'{path}' has {_stream.Length} bytes, but the checkpoint was written after {bytes}: it was cut "
                        + $"or replaced."
                );
            _stream.SetLength(bytes);
        }
        _stream.Position = _stream.Length;
    }

    /// <summary>Bytes so far.</summary>
    public long Length => _stream.Position;

    /// <summary>Appends a line.</summary>
    public void Append(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        buffer.Write("\n"u8);
        _stream.Write(buffer.WrittenSpan);
        _stream.Flush();
    }

    /// <summary>Makes sure that the lines so far survive a crash.</summary>
    public void FlushToDisk() => _stream.Flush(flushToDisk: true);

    public void Dispose() => _stream.Dispose();
}

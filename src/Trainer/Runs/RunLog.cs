using System.Buffers;
using System.Text.Json;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// A file of one JSON object a line that only grows, and whose length can be taken back to that of a checkpoint.
/// </summary>
internal sealed class RunLog : IDisposable
{
    private const byte NewLine = (byte)'\n';

    private readonly FileStream _stream;

    /// <summary>
    /// Opens the file and cuts it to <paramref name="length"/> bytes (null: leaves it as it is). One that lost lines
    /// goes on with those it has: a log decides nothing.
    /// </summary>
    /// <param name="path">The file; it is made where it is missing.</param>
    /// <param name="length">Its length when the checkpoint was written.</param>
    /// <param name="warn">Told if it has not these bytes.</param>
    public RunLog(string path, long? length, Action<string> warn)
    {
        _stream = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
        if (length is { } bytes)
        {
            long found = _stream.Length,
                kept = WholeLines(Math.Min(found, bytes));
            if (kept < bytes)
                warn(
                    FormattableString.Invariant($"'{path}' has lost lines: of the {bytes} bytes that it had at the ")
                        + FormattableString.Invariant($"checkpoint {kept} are left. The run goes on without them.")
                );
            _stream.SetLength(kept);
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

    // The largest length up to that many bytes after which a line ends.
    private long WholeLines(long bytes)
    {
        for (long length = bytes; length > 0; length--)
        {
            _stream.Position = length - 1;
            if (_stream.ReadByte() == NewLine)
                return length;
        }
        return 0;
    }
}

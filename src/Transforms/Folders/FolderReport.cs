using System.Text.Json;

namespace MlNetImageTranslation.Transforms;

/// <summary>One line of JSON for every image, complete as soon as the image is.</summary>
internal sealed class FolderReport : IDisposable
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };
    private readonly Lock _lock = new();
    private readonly HashSet<string> _translated = new(StringComparer.Ordinal);
    private readonly StreamWriter? _writer;

    public FolderReport(string? file, bool append)
    {
        if (file is null)
            return;
        if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder)
            NewFolder.Make(folder);
        if (append && new FileInfo(file) is { Exists: true, Length: > 0 })
            ReadBack(file);
        _writer = new(file, append) { AutoFlush = true, NewLine = "\n" };
    }

    public void Write(FolderReportLine line)
    {
        if (_writer is null)
            return;
        string json = JsonSerializer.Serialize(line, s_json);
        lock (_lock)
            _writer.WriteLine(json);
    }

    /// <summary>
    /// An image whose output is there already: it gets a line if a killed run left none.
    /// </summary>
    public void WriteFound(ImageFile file)
    {
        if (!_translated.Contains(file.Input))
            Write(new(file.Input, file.Output, null, null, null, null));
    }

    public void Dispose() => _writer?.Dispose();

    private void ReadBack(string file)
    {
        byte[] bytes = File.ReadAllBytes(file);
        // A kill may leave half a line at the end: the next line must not be glued to it.
        int end = bytes.AsSpan().LastIndexOf((byte)'\n') + 1;
        foreach (var line in bytes.AsSpan(0, end).Split((byte)'\n'))
            if (Parse(bytes.AsSpan(line)) is { Output: not null } known)
                _translated.Add(known.File);
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Write);
        stream.SetLength(end);

        FolderReportLine? Parse(ReadOnlySpan<byte> line)
        {
            try
            {
                return line.Trim(" \r"u8).IsEmpty ? null : JsonSerializer.Deserialize<FolderReportLine>(line, s_json);
            }
            catch (JsonException exception)
            {
                throw new InvalidDataException(
                    $"'{file}' is not the report of an earlier run: expected lines of JSON. Name another file, or "
                        + $"delete this one.",
                    exception
                );
            }
        }
    }
}

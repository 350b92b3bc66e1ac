using System.Text.Json;

namespace MlNetImageTranslation.Transforms;

/// <summary>One line of JSON for every picture, complete as soon as the picture is.</summary>
internal sealed class FolderReport : IDisposable
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };
    private readonly Lock _lock = new();
    private readonly StreamWriter? _writer;

    public FolderReport(string? file, bool append)
    {
        if (file is null) return;
        if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder) Directory.CreateDirectory(folder);
        _writer = new(file, append) { AutoFlush = true, NewLine = "\n" };
    }

    public void Write(FolderReportLine line)
    {
        if (_writer is null) return;
        string json = JsonSerializer.Serialize(line, s_json);
        lock (_lock) _writer.WriteLine(json);
    }

    public void Dispose() => _writer?.Dispose();
}

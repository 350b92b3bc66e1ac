using System.Text.Json;

namespace MlNetImageTranslation.Trainer;

/// <summary>One named curve of a log.</summary>
/// <param name="Name">The name under which it is logged.</param>
/// <param name="Points">Step (or epoch) and value, in the order of the log; only finite values.</param>
internal sealed record LogSeries(string Name, IReadOnlyList<(double X, double Y)> Points)
{
    /// <summary>
    /// Reads the curves of a file of one JSON object a line. A line that is cut off (the file may be growing) or no
    /// JSON is passed over, and so is a file that is missing.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="axis">The member that is the X of all others, <c>step</c> or <c>epoch</c>.</param>
    public static IReadOnlyList<LogSeries> Read(string path, string axis)
    {
        var series = new OrderedDictionary<string, List<(double X, double Y)>>();
        foreach (var line in Lines(path))
        {
            using var json = Parse(line);
            if (json is null || !TryNumber(json.RootElement, axis, out double x))
                continue;
            foreach (var member in json.RootElement.EnumerateObject())
            {
                if (member.Name is "step" or "epoch" || member.Value.ValueKind != JsonValueKind.Number)
                    continue;
                if (!series.TryGetValue(member.Name, out var points))
                    series.Add(member.Name, points = []);
                if (member.Value.GetDouble() is var y && double.IsFinite(y))
                    points.Add((x, y));
            }
        }
        return [.. series.Where(entry => entry.Value.Count > 0).Select(entry => new LogSeries(entry.Key, entry.Value))];
    }

    private static IEnumerable<string> Lines(string path)
    {
        if (!File.Exists(path))
            yield break;
        // The trainer has the file open for writing.
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
            yield return line;
    }

    private static JsonDocument? Parse(string line)
    {
        try
        {
            var json = JsonDocument.Parse(line);
            if (json.RootElement.ValueKind == JsonValueKind.Object)
                return json;
            json.Dispose();
            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool TryNumber(JsonElement json, string name, out double value)
    {
        value = 0;
        return json.TryGetProperty(name, out var member)
            && member.ValueKind == JsonValueKind.Number
            && member.TryGetDouble(out value);
    }
}

using System.Text.Json;

namespace ImageTranslation_Demo.Report;

/// <summary>The losses that a run logged: <c>log.jsonl</c>, one JSON object a line.</summary>
internal sealed class LossLog
{
    private static readonly string[] s_terms = ["d_real", "d_fake", "g_gan", "g_l1"];

    private LossLog(IReadOnlyList<double> steps, IReadOnlyDictionary<string, double[]> values) =>
        (Steps, Values) = (steps, values);

    /// <summary>The step of each line.</summary>
    public IReadOnlyList<double> Steps { get; }

    /// <summary>The values of each term, one for each step.</summary>
    public IReadOnlyDictionary<string, double[]> Values { get; }

    public static LossLog Read(string path)
    {
        var lines = File.ReadLines(path)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Where(line => s_terms.All(term => line.TryGetProperty(term, out _)))
            .ToList();
        return new(
            [.. lines.Select(line => line.GetProperty("step").GetDouble())],
            s_terms.ToDictionary(
                term => term,
                term => lines.Select(line => line.GetProperty(term).GetDouble()).ToArray()
            )
        );
    }
}

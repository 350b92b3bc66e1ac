using System.Globalization;
using System.Text;

namespace ImageTranslation_Web.Translation;

/// <summary>Counts what happened, in Prometheus' text format.</summary>
internal sealed class TranslationMetrics
{
    private static readonly double[] s_bounds = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly Lock _lock = new();
    private readonly long[] _buckets = new long[s_bounds.Length + 1];
    private readonly SortedDictionary<int, long> _refused = [];
    private double _seconds;

    /// <summary>An image was translated, so long after it had been handed over.</summary>
    public void Translated(TimeSpan elapsed)
    {
        var at = Array.FindIndex(s_bounds, bound => elapsed.TotalSeconds <= bound);
        lock (_lock)
        {
            _buckets[at < 0 ? s_bounds.Length : at]++;
            _seconds += elapsed.TotalSeconds;
        }
    }

    /// <summary>A request was refused with that status.</summary>
    public void Refused(int status)
    {
        lock (_lock)
            _refused[status] = _refused.GetValueOrDefault(status) + 1;
    }

    public string Render(int waiting)
    {
        var text = new StringBuilder();
        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
        lock (_lock)
        {
            Line($"# HELP translation_seconds Time from upload to finished image, waiting included.");
            Line($"# TYPE translation_seconds histogram");
            var total = 0L;
            for (var i = 0; i < s_bounds.Length; i++)
                Line($"translation_seconds_bucket{{le=\"{s_bounds[i]}\"}} {total += _buckets[i]}");
            Line($"translation_seconds_bucket{{le=\"+Inf\"}} {total += _buckets[^1]}");
            Line($"translation_seconds_sum {_seconds}");
            Line($"translation_seconds_count {total}");
            Line($"# HELP translation_refused_total Requests that were refused, by HTTP status.");
            Line($"# TYPE translation_refused_total counter");
            foreach (var (status, count) in _refused)
                Line($"translation_refused_total{{status=\"{status}\"}} {count}");
            Line($"# HELP translation_waiting Images that wait for a worker.");
            Line($"# TYPE translation_waiting gauge");
            Line($"translation_waiting {waiting}");
        }
        return text.ToString();
    }
}

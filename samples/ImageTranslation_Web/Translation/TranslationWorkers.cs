using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace ImageTranslation_Web;

/// <summary>
/// Bounds how many images are decoded, translated and encoded at the same time, and measures how long that takes.
/// </summary>
internal sealed class TranslationWorkers : IDisposable
{
    public const string MeterName = "ImageTranslation";

    private static readonly double[] s_bounds = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly ConcurrencyLimiter _workers;
    private readonly Histogram<double> _duration;

    public TranslationWorkers(IOptions<TranslationSettings> settings, IMeterFactory meters)
    {
        _workers = new(
            new()
            {
                PermitLimit = settings.Value.Workers,
                // As many as there are places for.
                QueueLimit = settings.Value.Workers + settings.Value.QueueLength,
                QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
            }
        );
        var meter = meters.Create(MeterName);
        _duration = meter.CreateHistogram(
            "translation.duration",
            "s",
            "Time from upload to finished image, waiting included.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = s_bounds }
        );
        meter.CreateObservableGauge("translation.waiting", () => Waiting, "{image}", "Images that wait for a worker.");
    }

    /// <summary>Images that wait for a worker.</summary>
    public long Waiting => _workers.GetStatistics()?.CurrentQueuedCount ?? 0;

    /// <summary>Waits for a worker, unless the visitor leaves before, and does the work on it.</summary>
    public async Task<T> RunAsync<T>(string model, Func<T> work, CancellationToken cancellationToken)
    {
        var begin = Stopwatch.GetTimestamp();
        using var worker = await _workers.AcquireAsync(1, cancellationToken);
        if (!worker.IsAcquired)
            throw TranslationPlaces.Full();
        var result = await Task.Run(work, CancellationToken.None);
        _duration.Record(
            Stopwatch.GetElapsedTime(begin).TotalSeconds,
            new KeyValuePair<string, object?>("model", model)
        );
        return result;
    }

    /// <summary>Takes a worker out of service until the lease is disposed.</summary>
    internal RateLimitLease Hold() => _workers.AttemptAcquire();

    public void Dispose() => _workers.Dispose();
}

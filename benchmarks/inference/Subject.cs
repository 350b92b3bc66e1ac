namespace MlNetImageTranslation.Benchmarks.Inference;

/// <summary>One way of translating images.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Images">Images that one round translates.</param>
/// <param name="Round">Translates them.</param>
internal sealed record Subject(string Name, int Images, Action Round) : IDisposable
{
    private readonly List<double> _rates = [];

    /// <summary>What to free at the end.</summary>
    public IDisposable? Resource { get; init; }

    /// <summary>Bytes allocated per image in the last round.</summary>
    public double AllocatedPerImage { get; private set; }

    /// <summary>The middle of all rounds, in images per second.</summary>
    public double ImagesPerSecond => _rates.Order().ElementAt(_rates.Count / 2);

    /// <summary>
    /// Processor time of all threads per image in the quickest round, in milliseconds: what other work on the machine
    /// disturbs least.
    /// </summary>
    public double ProcessorMilliseconds { get; private set; } = double.MaxValue;

    /// <summary>Slowest and fastest round.</summary>
    public (double Slowest, double Fastest) Range => (_rates.Min(), _rates.Max());

    /// <summary>Translates once and keeps the time, unless it is the first round.</summary>
    public void Measure(bool keep)
    {
        long allocated = GC.GetTotalAllocatedBytes(true),
            start = System.Diagnostics.Stopwatch.GetTimestamp();
        var processor = Environment.CpuUsage.TotalTime;
        Round();
        processor = Environment.CpuUsage.TotalTime - processor;
        double seconds = System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds;
        if (!keep)
            return;
        _rates.Add(Images / seconds);
        ProcessorMilliseconds = Math.Min(ProcessorMilliseconds, processor.TotalMilliseconds / Images);
        AllocatedPerImage = (GC.GetTotalAllocatedBytes(true) - allocated) / (double)Images;
    }

    /// <inheritdoc/>
    public void Dispose() => Resource?.Dispose();
}

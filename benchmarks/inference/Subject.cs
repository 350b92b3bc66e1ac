namespace MlNetImageTranslation.Benchmarks.Inference;

/// <summary>One way of translating pictures.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Pictures">Pictures that one round translates.</param>
/// <param name="Round">Translates them.</param>
internal sealed record Subject(string Name, int Pictures, Action Round) : IDisposable
{
    private readonly List<double> _rates = [];

    /// <summary>What to free at the end.</summary>
    public IDisposable? Resource { get; init; }

    /// <summary>Bytes allocated per picture in the last round.</summary>
    public double AllocatedPerPicture { get; private set; }

    /// <summary>The middle of all rounds, in pictures per second.</summary>
    public double PicturesPerSecond => _rates.Order().ElementAt(_rates.Count / 2);

    /// <summary>Processor time of all threads per picture in the quickest round, in milliseconds: what other work on the machine disturbs least.</summary>
    public double ProcessorMilliseconds { get; private set; } = double.MaxValue;

    /// <summary>Slowest and fastest round.</summary>
    public (double Slowest, double Fastest) Range => (_rates.Min(), _rates.Max());

    /// <summary>Translates once and keeps the time, unless it is the first round.</summary>
    public void Measure(bool keep)
    {
        long allocated = GC.GetTotalAllocatedBytes(true), start = System.Diagnostics.Stopwatch.GetTimestamp();
        var processor = Environment.CpuUsage.TotalTime;
        Round();
        processor = Environment.CpuUsage.TotalTime - processor;
        double seconds = System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds;
        if (!keep) return;
        _rates.Add(Pictures / seconds);
        ProcessorMilliseconds = Math.Min(ProcessorMilliseconds, processor.TotalMilliseconds / Pictures);
        AllocatedPerPicture = (GC.GetTotalAllocatedBytes(true) - allocated) / (double)Pictures;
    }

    /// <inheritdoc/>
    public void Dispose() => Resource?.Dispose();
}

using System.Diagnostics;

namespace MlNetImageTranslation.Transforms;

/// <summary>
/// Looks at the process while the runtime works, and asks the runtime to stop where a limit is exceeded. The runtime
/// stops between two operators.
/// </summary>
internal sealed class RuntimeWatch : IDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(20);

    private readonly Lock _lock = new();
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly TimeSpan _time;
    private readonly double? _growth;
    private readonly long _before;
    private readonly Action _stop;
    private readonly Timer _timer;
    private bool _disposed;

    /// <param name="time">The longest time; infinite for none.</param>
    /// <param name="growth">The most bytes that the process may grow by; null for any.</param>
    /// <param name="stop">Asks the runtime to stop.</param>
    public RuntimeWatch(TimeSpan time, double? growth, Action stop)
    {
        _time = time;
        _growth = growth;
        _stop = stop;
        _before = growth is null ? 0 : Environment.WorkingSet;
        var interval = growth is null ? time : s_interval;
        _timer = new(_ => Look(), null, interval, interval);
    }

    /// <summary>Whether the time was over.</summary>
    public bool TookTooLong { get; private set; }

    /// <summary>Whether the process grew too much.</summary>
    public bool GrewTooMuch { get; private set; }

    public void Dispose()
    {
        lock (_lock)
            _disposed = true;
        _timer.Dispose();
    }

    private void Look()
    {
        lock (_lock)
        {
            if (_disposed)
                return;
            TookTooLong |= _time != Timeout.InfiniteTimeSpan && Stopwatch.GetElapsedTime(_start) >= _time;
            GrewTooMuch |= _growth is { } most && Environment.WorkingSet - _before > most;
            if (TookTooLong || GrewTooMuch)
                _stop();
        }
    }
}

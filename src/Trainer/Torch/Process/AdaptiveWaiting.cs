using System.Diagnostics;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// While other processes hold processors that a run's threads want, the threads sleep when they wait for each other,
/// and do not keep each other from the processors that are left. It watches the process once a second.
/// </summary>
internal sealed class AdaptiveWaiting : IDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    private readonly int _threads;
    private readonly Timer? _timer;
    private readonly Lock _gate = new();
    private SleepingTeam? _team;
    private TimeSpan _delay;
    private long _read = Stopwatch.GetTimestamp();
    private bool _ended;

    /// <summary>
    /// Begins to watch. Nothing happens where <see cref="ThreadWaiting"/> left the waiting alone, where the system does
    /// not tell how long threads wait for processors, and for a single thread.
    /// </summary>
    /// <param name="threads">The threads that torch's operators have.</param>
    public AdaptiveWaiting(int threads)
    {
        _threads = threads;
        if (threads < 2 || !ThreadWaiting.IsShortened || RunDelay.Read() is not { } delay)
            return;
        _delay = delay;
        _timer = new(_ => Watch(), null, s_interval, s_interval);
    }

    /// <summary>Whether threads should sleep at once, after some time of a run.</summary>
    /// <param name="sleep">Whether they do so far.</param>
    /// <param name="share">For how much of the time each of the run's threads was ready and had no processor. On two
    /// cores 0.05 to 0.3 where nothing else runs, 0.9 and more beside one busy process.</param>
    public static bool Decide(bool sleep, double share) => share > (sleep ? 0.4 : 0.6);

    /// <summary>Ends it.</summary>
    public void Dispose()
    {
        _timer?.Dispose();
        lock (_gate)
        {
            _ended = true;
            _team?.Dispose();
            _team = null;
        }
    }

    private void Watch()
    {
        lock (_gate)
        {
            if (_ended || RunDelay.Read() is not { } delay)
                return;
            double share = (delay - _delay) / Stopwatch.GetElapsedTime(_read) / _threads;
            _delay = delay;
            _read = Stopwatch.GetTimestamp();
            bool sleep = Decide(_team is not null, share);
            if (sleep == _team is not null)
                return;
            _team?.Dispose();
            // One thread more than processors, whatever the run leaves free.
            _team = sleep ? new(Math.Max(2, Environment.ProcessorCount - _threads + 2)) : null;
        }
    }
}

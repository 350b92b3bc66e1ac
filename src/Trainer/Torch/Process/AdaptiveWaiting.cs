namespace MlNetImageTranslation.Trainer;

/// <summary>
/// While other processes hold processors that a run's threads want, the threads sleep when they wait for each other,
/// and do not keep each other from the processors that are left. It looks at the process twice a second.
/// </summary>
internal sealed class AdaptiveWaiting : IDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(0.5);

    private readonly int _threads;
    private readonly Timer? _timer;
    private readonly Lock _gate = new();
    private SleepingTeam? _team;
    private ThreadTimes _before;
    private bool _ended;

    /// <summary>
    /// Begins to look. Nothing happens where <see cref="ThreadWaiting"/> left the waiting alone, where the system does
    /// not tell how long threads wait for processors, and for a single thread.
    /// </summary>
    /// <param name="threads">The threads that torch's operators have.</param>
    public AdaptiveWaiting(int threads)
    {
        _threads = threads;
        if (threads < 2 || !ThreadWaiting.IsShortened || ThreadTimes.Read() is not { } times)
            return;
        _before = times;
        _timer = new(_ => Look(), null, s_interval, s_interval);
    }

    /// <summary>Whether threads should sleep at once, after some time of a run.</summary>
    /// <param name="sleep">Whether they do so far.</param>
    /// <param name="threads">How many threads torch's operators have.</param>
    /// <param name="running">How long the process's threads ran in that time.</param>
    /// <param name="waiting">How long they were ready and had no processor. On two cores that is up to 0.5 of both
    /// times where nothing else runs (0.2 where threads sleep), and 0.6 and more beside one busy process.</param>
    public static bool Decide(bool sleep, int threads, TimeSpan running, TimeSpan waiting)
    {
        var both = running + waiting;
        // A process that rests says nothing; nor do threads that were to be busy all the time and were not.
        if (running < s_interval / 4 || (!sleep && both < s_interval * threads * 0.75))
            return sleep;
        return waiting / both > (sleep ? 0.3 : 0.55);
    }

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

    private void Look()
    {
        lock (_gate)
        {
            if (_ended || ThreadTimes.Read() is not { } now)
                return;
            bool sleep = Decide(
                _team is not null,
                _threads,
                now.Running - _before.Running,
                now.Waiting - _before.Waiting
            );
            _before = now;
            if (sleep == _team is not null)
                return;
            _team?.Dispose();
            // One thread more than processors, whatever the run leaves free.
            _team = sleep ? new(Math.Max(2, Environment.ProcessorCount - _threads + 2)) : null;
        }
    }
}

using System.Runtime.InteropServices;
using TorchSharp;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Threads of GNU OpenMP that exist and do nothing. While it manages more threads than the machine has processors, its
/// threads go to sleep almost at once when they wait for each other (libgomp, config/linux/wait.h), instead of after the
/// time that its environment sets.
/// </summary>
internal sealed class SleepingTeam : IDisposable
{
    /// <summary>Values that torch gives each thread at least (at::internal::GRAIN_SIZE).</summary>
    private const int GrainSize = 1 << 15;

    private readonly ManualResetEventSlim _end = new();
    private readonly Thread _thread;

    /// <summary>Starts the threads.</summary>
    /// <param name="threads">How many, with the one that starts the others; at least 2.</param>
    public SleepingTeam(int threads)
    {
        using var ready = new ManualResetEventSlim();
        _thread = new(() =>
        {
            try
            {
                // What torch has set for threads that come later is theirs.
                int others = torch.get_num_threads();
                torch.set_num_threads(threads);
                // The first operator that is shared makes the team.
                using (var values = torch.zeros([2L * GrainSize * threads]))
                    values.neg_();
                torch.set_num_threads(others);
            }
            catch (Exception exception) when (exception is ExternalException or OutOfMemoryException)
            {
                // No team then: threads wait as they did before.
            }
            ready.Set();
            _end.Wait();
        })
        {
            IsBackground = true,
            Name = "sleeping team",
        };
        _thread.Start();
        ready.Wait();
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose()
    {
        _end.Set();
        _thread.Join();
        _end.Dispose();
    }
}

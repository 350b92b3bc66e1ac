using System.Globalization;

namespace MlNetImageTranslation.Trainer;

/// <summary>What Linux has counted for the threads of this process that live.</summary>
/// <param name="Running">How long they ran, all together.</param>
/// <param name="Waiting">How long they were ready to run and no processor was free for them.</param>
internal readonly record struct ThreadTimes(TimeSpan Running, TimeSpan Waiting)
{
    private const string Tasks = "/proc/self/task";

    /// <summary>The times up to now, or null where the system does not tell.</summary>
    public static ThreadTimes? Read()
    {
        if (!Directory.Exists(Tasks))
            return null;
        long running = 0,
            waiting = 0;
        bool any = false;
        foreach (string task in Directory.EnumerateDirectories(Tasks))
            if (Read(Path.Combine(task, "schedstat")) is var (ran, waited))
            {
                running += ran;
                waiting += waited;
                any = true;
            }
        return any ? new(FromNanoseconds(running), FromNanoseconds(waiting)) : null;
    }

    // Time on a processor, time ready for one, number of times (Documentation/scheduler/sched-stats.rst).
    private static (long Running, long Waiting)? Read(string file)
    {
        try
        {
            string[] fields = File.ReadAllText(file).Split(' ');
            return
                fields.Length > 1
                && long.TryParse(fields[0], CultureInfo.InvariantCulture, out long running)
                && long.TryParse(fields[1], CultureInfo.InvariantCulture, out long waiting)
                ? (running, waiting)
                : null;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            // The thread has ended meanwhile.
            return null;
        }
    }

    private static TimeSpan FromNanoseconds(long nanoseconds) =>
        TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick);
}

using System.Globalization;

namespace MlNetImageTranslation.Trainer;

/// <summary>How long the threads of this process were ready to run and no processor was free for them (Linux).</summary>
internal static class RunDelay
{
    private const string Tasks = "/proc/self/task";

    /// <summary>The sum over the threads that live, or null where the system does not tell.</summary>
    public static TimeSpan? Read()
    {
        if (!Directory.Exists(Tasks))
            return null;
        long nanoseconds = 0;
        bool any = false;
        foreach (string task in Directory.EnumerateDirectories(Tasks))
            if (Read(Path.Combine(task, "schedstat")) is { } delay)
            {
                nanoseconds += delay;
                any = true;
            }
        return any ? TimeSpan.FromMicroseconds(nanoseconds / 1000) : null;
    }

    // Time on a processor, time ready for one, number of times (Documentation/scheduler/sched-stats.rst).
    private static long? Read(string file)
    {
        try
        {
            string[] fields = File.ReadAllText(file).Split(' ');
            return fields.Length > 1 && long.TryParse(fields[1], CultureInfo.InvariantCulture, out long delay)
                ? delay
                : null;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            // The thread has ended meanwhile.
            return null;
        }
    }
}

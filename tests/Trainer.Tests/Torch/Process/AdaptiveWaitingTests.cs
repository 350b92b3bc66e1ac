namespace MlNetImageTranslation.Trainer.Tests;

public sealed class AdaptiveWaitingTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_much = TimeSpan.FromMilliseconds(50);

    [Theory]
    [InlineData(false, 0.9, 0.6, false)]
    [InlineData(false, 0.6, 1.2, true)]
    [InlineData(true, 0.6, 0.4, true)]
    [InlineData(true, 0.9, 0.1, false)]
    // A process that waits for something else.
    [InlineData(true, 0.01, 0, true)]
    [InlineData(false, 0.01, 0.2, false)]
    // One that was at work for half of the time.
    [InlineData(false, 0.2, 0.3, false)]
    [InlineData(true, 0.2, 0.3, true)]
    public void Threads_sleep_where_they_wait_for_processors(
        bool sleep,
        double running,
        double waiting,
        bool expected
    ) =>
        Assert.Equal(
            expected,
            AdaptiveWaiting.Decide(sleep, 2, TimeSpan.FromSeconds(running), TimeSpan.FromSeconds(waiting))
        );

    [Fact]
    public void More_busy_threads_than_processors_wait_for_them()
    {
        Assert.SkipUnless(ThreadTimes.Read() is not null, "the system does not tell how long threads wait");
        var before = ThreadTimes.Read()!.Value;
        bool end = false;
        var busy = Enumerable
            .Range(0, 2 * Environment.ProcessorCount)
            .Select(_ => new Thread(() =>
            {
                while (!Volatile.Read(ref end)) { }
            }))
            .ToArray();
        foreach (var thread in busy)
            thread.Start();
        try
        {
            Assert.True(
                SpinWait.SpinUntil(
                    () =>
                        ThreadTimes.Read() is { } now
                        && now.Waiting - before.Waiting > s_much
                        && now.Running - before.Running > s_much,
                    s_patience
                )
            );
        }
        finally
        {
            Volatile.Write(ref end, true);
            foreach (var thread in busy)
                thread.Join();
        }
    }

    [Fact]
    public void A_sleeping_team_has_its_threads_until_it_ends()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && Directory.Exists("/proc/self/task"),
            "counts the threads of the process by their names"
        );
        // The first call in a process also starts the threads of another library, which bear the caller's name.
        TorchSharp.torch.set_num_threads(TorchSharp.torch.get_num_threads());
        // OpenMP's threads have the name of the thread that starts them.
        using (new SleepingTeam(3))
            Assert.Equal(3, Count());
        Assert.True(SpinWait.SpinUntil(() => Count() == 0, s_patience), $"{Count()} threads are left");

        static int Count() =>
            Directory
                .EnumerateDirectories("/proc/self/task")
                .Count(task =>
                {
                    try
                    {
                        return File.ReadAllText(Path.Combine(task, "comm")).Trim() == "sleeping team";
                    }
                    catch (IOException)
                    {
                        return false;
                    }
                });
    }
}

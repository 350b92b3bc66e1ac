using System.Diagnostics;
using System.Globalization;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Trainer.Tests;

/// <summary>Kills a training in a process of its own, at any moment, and goes on with it.</summary>
public sealed class KilledRunTests
{
    private const string FolderVariable = "IMT_TEST_KILLED_RUN";

    [Fact]
    public void A_run_that_is_killed_at_any_moments_ends_bit_for_bit_like_one_that_was_not()
    {
        using var folder = new TemporaryFolder();
        new Pix2PixTrainer(TinyRun.Pix2Pix(folder.File("whole"))).Train();
        var whole = TinyRun.Hashes(folder.File("whole"));
        int seed = LongTests.Seed,
            rounds = LongTests.Factor;
        var random = new Random(seed);
        for (int round = 0; round < rounds; round++)
        {
            string run = folder.File(string.Create(CultureInfo.InvariantCulture, $"run-{round}"));
            for (int kill = 0; kill < 3; kill++)
                TrainAndKill(run, random);
            TinyRun.Resume(run);
            var ended = TinyRun.Hashes(run);
            Assert.True(
                whole.OrderBy(file => file.Key).SequenceEqual(ended.OrderBy(file => file.Key)),
                FormattableString.Invariant($"round {round} of seed {seed} ended otherwise")
            );
            Assert.DoesNotContain(
                Directory.EnumerateFileSystemEntries(run, "*", SearchOption.AllDirectories),
                path =>
                    Path.GetFileName(path) is var name && (name.StartsWith(".imt-") || name.StartsWith("unfinished-"))
            );
            Directory.Delete(run, recursive: true);
        }
    }

    /// <summary>The other process: one line for each report, until it is killed.</summary>
    [Fact(Explicit = true)]
    public void Train_until_killed()
    {
        var options = TinyRun.Pix2Pix(Environment.GetEnvironmentVariable(FolderVariable)!);
        options.Resume = true;
        new Pix2PixTrainer(options).Train(
            new Pix2PixTrainerTests.Recorder([], report => Console.Out.WriteLine(report.Event))
        );
    }

    // After some reports and then some turns of a loop, so that the moment may be inside of a write.
    private static void TrainAndKill(string folder, Random random)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(KilledRunTests).Assembly.Location);
        string method = $"{typeof(KilledRunTests).FullName}.{nameof(Train_until_killed)}";
        foreach (string argument in (string[])["-noLogo", "-noColor", "-explicit", "only", "-method", method])
            start.ArgumentList.Add(argument);
        start.Environment[FolderVariable] = folder;
        using var process = Process.Start(start)!;
        int reports = random.Next(1, 20);
        bool started = false;
        while (reports > 0 && process.StandardOutput.ReadLine() is { } line)
        {
            started |= line == nameof(TrainingEvent.Started);
            if (started)
                reports--;
        }
        Thread.SpinWait(random.Next(0, 200_000));
        process.Kill();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(started, "The other process did not begin to train.");
    }
}

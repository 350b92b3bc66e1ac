using System.Diagnostics;
using System.Globalization;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Trainer.Tests;

/// <summary>Kills a training in a process of its own, at any moment, and goes on with it.</summary>
public sealed class KilledRunTests
{
    private const string FolderVariable = "IMT_TEST_KILLED_RUN",
        MethodVariable = "IMT_TEST_KILLED_METHOD";

    [Theory]
    [InlineData("pix2pix", 3)]
    [InlineData("cyclegan", 1)]
    [InlineData("bigan", 1)]
    [InlineData("cogan", 1)]
    [InlineData("cut", 1)]
    [InlineData("simgan", 1)]
    [InlineData("regression", 1)]
    public void A_run_that_is_killed_at_any_moments_ends_bit_for_bit_like_one_that_was_not(string method, int kills)
    {
        using var folder = new TemporaryFolder();
        Train(method, folder.File("whole"), new([]));
        var whole = TinyRun.Hashes(folder.File("whole"));
        int seed = LongTests.Seed,
            rounds = LongTests.Factor;
        var random = new Random(seed);
        for (int round = 0; round < rounds; round++)
        {
            string run = folder.File(string.Create(CultureInfo.InvariantCulture, $"run-{round}"));
            for (int kill = 0; kill < (rounds > 1 ? 3 : kills); kill++)
                TrainAndKill(method, run, random);
            Train(method, run, new([]));
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
    public void Train_until_killed() =>
        Train(
            Environment.GetEnvironmentVariable(MethodVariable)!,
            Environment.GetEnvironmentVariable(FolderVariable)!,
            new([], report => Console.Out.WriteLine(report.Event))
        );

    // Begins a run, or goes on with it.
    private static void Train(string method, string folder, Pix2PixTrainerTests.Recorder recorder)
    {
        switch (method)
        {
            case "pix2pix":
                new Pix2PixTrainer(Resumed(TinyRun.Pix2Pix(folder))).Train(recorder);
                break;
            case "cyclegan":
                new CycleGanTrainer(Resumed(CycleGanTests.Tiny(folder))).Train(recorder);
                break;
            case "bigan":
                new BiGanTrainer(Resumed(BiGanTests.Tiny(folder))).Train(recorder);
                break;
            case "cogan":
                new CoGanTrainer(Resumed(CoGanTests.Tiny(folder))).Train(recorder);
                break;
            case "cut":
                var cut = OneSidedTests.Cut(folder);
                // With a pool, so that every part of a checkpoint there can be is written.
                cut.PoolSize = 2;
                new CutTrainer(Resumed(cut)).Train(recorder);
                break;
            case "simgan":
                new SimGanTrainer(
                    Resumed(OneSidedTests.Tiny(new SimGanTrainer.Options { PoolSize = 3 }, folder))
                ).Train(recorder);
                break;
            case "regression":
                var regression = RegressionTests.Tiny(folder);
                regression.CheckpointEverySteps = 3;
                new RegressionTrainer(Resumed(regression)).Train(recorder);
                break;
            default:
                throw new ArgumentException($"No method '{method}'.", nameof(method));
        }
    }

    private static T Resumed<T>(T options)
        where T : TrainingOptions
    {
        options.Resume = true;
        return options;
    }

    // After some reports and then some turns of a loop, so that the moment may be inside of a write.
    private static void TrainAndKill(string method, string folder, Random random)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(KilledRunTests).Assembly.Location);
        string test = $"{typeof(KilledRunTests).FullName}.{nameof(Train_until_killed)}";
        foreach (string argument in (string[])["-noLogo", "-noColor", "-explicit", "only", "-method", test])
            start.ArgumentList.Add(argument);
        start.Environment[FolderVariable] = folder;
        start.Environment[MethodVariable] = method;
        using var process = Process.Start(start)!;
        int reports = random.Next(1, 12);
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

using System.Diagnostics;
using System.Text.Json;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Cli.Tests;

/// <summary>Runs over a folder as processes of their own, which are killed, interrupted and divided.</summary>
public sealed class FolderProcessTests : IDisposable
{
    private const int Images = 90;

    private readonly TemporaryFolder _folder = new();

    public FolderProcessTests()
    {
        SmallModel.Save(_folder.File("model.onnx"));
        var random = new Random(3);
        for (int i = 0; i < Images; i++)
        {
            var image = new RgbImage(160, 120);
            random.NextBytes(image.Pixels);
            ImageEncoder.Save(
                image,
                Path.Combine(Directory.CreateDirectory(_folder.File($"in/{i % 3}")).FullName, $"p{i}.png")
            );
        }
        // They are watched from the beginning.
        for (int i = 0; i < 3; i++)
            Directory.CreateDirectory(_folder.File($"out/{i}"));
    }

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = 120_000)]
    public async Task A_run_that_is_killed_again_and_again_ends_like_one_that_was_not()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "SIGKILL is a matter of POSIX systems.");
        const int Large = 12;
        AddLargeImages(Large);
        var expected = Whole(Images + Large);
        var random = new Random(11);
        int kills = 0;
        for (; kills < 6; kills++)
        {
            // Creating, filling and renaming of files are the moments: the kill comes in the middle of an image or
            // between two.
            var moment = AfterEvents(random.Next(1, 30));
            string[] resume = Arguments("--resume", "--workers", "1", "--report", _folder.File("report.jsonl"));
            using var run = new ImtProcess(resume);
            // Where news of files comes late, a run may have made all images by then.
            if (await Task.WhenAny(moment, run.Ended) != moment)
                break;
            run.Kill();
        }
        Assert.True(kills > 0, "the run ended before it was killed");
        using (var rest = new ImtProcess(Arguments("--resume", "--report", _folder.File("report.jsonl"))))
            Assert.Equal(0, rest.End().ExitCode);
        Assert.Equal(expected, Contents(_folder.File("out")));
        // One line for every image, whole ones only.
        var lines = File.ReadLines(_folder.File("report.jsonl"))
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("output").GetString()!)
            .ToList();
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), lines.Distinct().Order(StringComparer.Ordinal));
    }

    [Theory(Timeout = 120_000)]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task A_signal_finishes_the_images_under_way_and_exits_with_its_code(string signal, int code)
    {
        ImtProcess.SkipIfIgnored(code - 128);
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are a matter of POSIX systems.");
        AddLargeImages(40);
        var moment = AfterEvents(4);
        using var run = new ImtProcess(Arguments("--workers", "2"));
        Assert.True(await Task.WhenAny(moment, run.Ended) == moment, "the run ended before it was interrupted");
        run.Signal(signal);
        var (exitCode, error) = run.End();
        Assert.Equal(code, exitCode);
        Assert.Contains("--resume goes on", error);
        string[] made = Directory.GetFiles(_folder.File("out"), "*", SearchOption.AllDirectories);
        Assert.InRange(made.Length, 1, Images + 39);
        Assert.All(made, file => ImageDecoder.Decode(file));
        Assert.DoesNotContain(made, file => Path.GetFileName(file).StartsWith('.'));
    }

    // They take so long that what is to happen to a run happens before its end.
    private void AddLargeImages(int count)
    {
        ImageEncoder.Save(
            ImageDecoder.Decode(_folder.File("in/0/p0.png")).Resize(1024, 1024),
            _folder.File("in/large.png")
        );
        for (int i = 1; i < count; i++)
            File.CreateSymbolicLink(_folder.File($"in/large{i}.png"), _folder.File("in/large.png"));
    }

    [Fact]
    public void A_folder_that_this_user_may_not_read_costs_one_line()
    {
        const string setpriv = "/usr/bin/setpriv";
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("Users and rights of POSIX systems.");
            return;
        }
        // Root may read everything, so root lets another user do it.
        bool isRoot = Environment.IsPrivilegedProcess;
        Assert.SkipWhen(isRoot && !File.Exists(setpriv), $"This is root, and there is no {setpriv}.");
        string[] asNobody = isRoot ? [setpriv, "--reuid=65534", "--regid=65534", "--clear-groups"] : [];
        Assert.SkipUnless(
            CanRun([.. asNobody, "/bin/ls", AppContext.BaseDirectory]),
            "Another user cannot read the tests' folder."
        );
        const UnixFileMode all = (UnixFileMode)0b111_111_111;
        foreach (string path in Directory.EnumerateFileSystemEntries(_folder.Path).Prepend(_folder.Path))
            File.SetUnixFileMode(path, all);
        foreach (string path in Directory.EnumerateDirectories(_folder.File("out")))
            File.SetUnixFileMode(path, all);
        File.SetUnixFileMode(_folder.File("in/1"), UnixFileMode.None);
        try
        {
            using var run = new ImtProcess(asNobody, Arguments("--on-bad-image", "skip"), _folder.Path);
            var (code, error) = run.End();
            Assert.Equal((0, true), (code, error.Contains("Folder '1/' cannot be read", StringComparison.Ordinal)));
            Assert.Equal(Images / 3, Directory.GetFiles(_folder.File("out/0")).Length);
            Assert.Empty(Directory.GetFiles(_folder.File("out/1")));
            using var excluded = new ImtProcess(asNobody, Arguments("--exclude", "1/**"), _folder.Path);
            (code, error) = excluded.End();
            Assert.Equal((0, false), (code, error.Contains("cannot be read", StringComparison.Ordinal)));
        }
        finally
        {
            File.SetUnixFileMode(_folder.File("in/1"), all);
        }
    }

    private static bool CanRun(string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    [Fact]
    public void Shards_that_run_side_by_side_make_up_the_whole()
    {
        var expected = Whole(Images);
        var shards = Enumerable
            .Range(0, 3)
            .Select(i => new ImtProcess(Arguments("--shard", $"{i}/3", "--report", _folder.File($"report{i}.jsonl"))))
            .ToList();
        Assert.All(shards, shard => Assert.Equal(0, shard.End().ExitCode));
        foreach (var shard in shards)
            shard.Dispose();
        Assert.Equal(expected, Contents(_folder.File("out")));
        // Every image in one report, in one line.
        Assert.Equal(
            Images,
            Enumerable
                .Range(0, 3)
                .SelectMany(i => File.ReadLines(_folder.File($"report{i}.jsonl")))
                .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("file").GetString())
                .Distinct()
                .Count()
        );
        Assert.Equal(Images, Enumerable.Range(0, 3).Sum(i => File.ReadLines(_folder.File($"report{i}.jsonl")).Count()));
    }

    private string[] Arguments(params string[] more) =>
        [
            "translate",
            "--model",
            _folder.File("model.onnx"),
            "--device",
            "cpu",
            "--input",
            _folder.File("in"),
            "--output",
            _folder.File("out"),
            .. more,
        ];

    // What a run that nobody disturbs gives.
    private SortedDictionary<string, string> Whole(int images)
    {
        using var whole = new ImtProcess([.. Arguments()[..^1], _folder.File("whole")]);
        Assert.Equal(0, whole.End().ExitCode);
        var contents = Contents(_folder.File("whole"));
        Assert.Equal(images, contents.Count);
        return contents;
    }

    // Hidden files too: nothing unfinished may be left.
    private static SortedDictionary<string, string> Contents(string folder) =>
        new(
            Directory
                .GetFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
                .ToDictionary(
                    file => Path.GetRelativePath(folder, file).Replace('\\', '/'),
                    file => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)))
                ),
            StringComparer.Ordinal
        );

    private async Task AfterEvents(int count)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watcher = new FileSystemWatcher(_folder.File("out")) { IncludeSubdirectories = true };
        void Count()
        {
            if (Interlocked.Decrement(ref count) <= 0)
                reached.TrySetResult();
        }
        watcher.Created += (_, _) => Count();
        watcher.Changed += (_, _) => Count();
        watcher.Renamed += (_, _) => Count();
        watcher.EnableRaisingEvents = true;
        await reached.Task;
    }
}

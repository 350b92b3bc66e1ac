using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.TestSupport;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Trainer.Tests;

/// <summary>What happens to a run folder from outside: other runs, deletions, changed data.</summary>
public sealed class RunFolderTests
{
    [Fact]
    public void A_folder_that_is_trained_in_is_refused_to_others_until_then()
    {
        using var folder = new TemporaryFolder();
        string message = "";
        var options = TinyRun.Pix2Pix(folder.File("run"));
        options.Resume = true;
        new Pix2PixTrainer(TinyRun.Pix2Pix(folder.File("run"))).Train(
            new Pix2PixTrainerTests.Recorder(
                [],
                report =>
                {
                    if (report.Event == TrainingEvent.Step && report.Step == 5)
                        message = Assert
                            .Throws<InvalidOperationException>(() => new Pix2PixTrainer(options).Train())
                            .Message;
                }
            )
        );
        Assert.Contains($"Another process is training in '{folder.File("run")}'", message);
        Assert.Equal(24, new Pix2PixTrainer(options).Train().Steps);
    }

    [Fact]
    public async Task A_run_can_be_exported_while_it_writes_one_checkpoint_after_the_other()
    {
        using var folder = new TemporaryFolder();
        new Pix2PixTrainer(TinyRun.Pix2Pix(folder.File("run"))).Train();
        var checkpoints = new RunFolder(folder.File("run")).Checkpoints;
        var first = checkpoints.OpenNewest(null, setAside: false, _ => { })!;
        var names = first.Document.Files.Keys.Select(file => Path.GetFileNameWithoutExtension(file)).ToArray();
        var metadata = names.ToDictionary(
            name => name,
            name => StateDict.ReadMetadata(Path.Combine(first.Folder, name + ".safetensors"))
        );
        var tensors = names.ToDictionary(name => name, first.Tensors);
        using var stop = new CancellationTokenSource();
        long step = first.State.Step;
        var writing = Task.Run(
            () =>
            {
                for (; !stop.IsCancellationRequested; step++)
                    checkpoints.Save(
                        first.State with
                        {
                            Step = step + 1,
                        },
                        flushToDisk: false,
                        writer =>
                        {
                            foreach (string name in names)
                                writer.Write(name, tensors[name], metadata[name]);
                        }
                    );
            },
            TestContext.Current.CancellationToken
        );
        // The averaged weights are what is exported: never the others because their file is being deleted.
        string expected = tensors["generator.average"].ComputeHash();
        for (int i = 0; i < 50 * LongTests.Factor || Volatile.Read(ref step) <= first.State.Step + 10; i++)
        {
            Assert.False(writing.IsFaulted);
            Assert.Equal(expected, RunExporter.Load(folder.File("run")).Weights.ComputeHash());
            Assert.Equal(["generator"], RunExporter.GeneratorNames(folder.File("run")));
        }
        await stop.CancelAsync();
        await writing;
        Assert.True(step > first.State.Step + 10, $"{step}");
    }

    [Theory]
    [InlineData("log.jsonl", true)]
    [InlineData("log.jsonl", false)]
    [InlineData("validation.jsonl", true)]
    [InlineData("validation.jsonl", false)]
    public void A_log_that_was_cut_or_deleted_is_mended(string name, bool delete)
    {
        using var folder = new TemporaryFolder();
        TinyRun.Interrupt(folder.File("run"), 14);
        string log = folder.File("run/" + name);
        long before = new FileInfo(log).Length;
        if (delete)
            File.Delete(log);
        else
            using (var stream = File.OpenWrite(log))
                stream.SetLength(before - 3);
        Assert.Contains(name, Assert.Single(TinyRun.Resume(folder.File("run"))));
        // Whole lines only, the last of them of the last step.
        string[] lines = File.ReadAllLines(log);
        Assert.All(lines, line => Assert.StartsWith("{\"step\":", line));
        Assert.StartsWith("{\"step\":24,", lines[^1]);
        new Pix2PixTrainer(TinyRun.Pix2Pix(folder.File("whole"))).Train();
        Assert.Equal(Weights("whole"), Weights("run"));

        IEnumerable<KeyValuePair<string, string>> Weights(string run) =>
            TinyRun.Hashes(folder.File(run)).Where(file => file.Key.EndsWith(".safetensors", StringComparison.Ordinal));
    }

    [Fact]
    public void Folders_that_were_deleted_are_made_anew()
    {
        using var folder = new TemporaryFolder();
        TinyRun.Interrupt(folder.File("run"), 4);
        Directory.Delete(folder.File("run/samples"), recursive: true);
        Directory.Delete(folder.File("run/snapshots"), recursive: true);
        var options = TinyRun.Pix2Pix(folder.File("run"));
        options.Resume = true;
        var reports = new List<TrainingProgress>();
        new Pix2PixTrainer(options).Train(
            new Pix2PixTrainerTests.Recorder(
                reports,
                report =>
                {
                    if (report.Event != TrainingEvent.Step || report.Step != 10)
                        return;
                    Directory.Delete(folder.File("run/samples"), recursive: true);
                    Directory.Delete(folder.File("run/snapshots"), recursive: true);
                    Directory.Delete(folder.File("run/checkpoints"), recursive: true);
                }
            )
        );
        Assert.DoesNotContain(reports, report => report.Event == TrainingEvent.Warning);
        Assert.True(File.Exists(folder.File("run/samples/epoch-0003.png")));
        Assert.True(File.Exists(folder.File("run/snapshots/generator-epoch-0003.safetensors")));
        new Pix2PixTrainer(TinyRun.Pix2Pix(folder.File("whole"))).Train();
        Assert.Equal(TinyRun.Hashes(folder.File("whole")), TinyRun.Hashes(folder.File("run")));
    }

    [Fact]
    public void A_report_that_fails_costs_a_warning_and_comes_after_the_checkpoint()
    {
        using var folder = new TemporaryFolder();
        string grid = folder.File("run/samples/epoch-0002.png");
        var options = TinyRun.Pix2Pix(folder.File("run"));
        var reports = new List<TrainingProgress>();
        var checkpointsAtEnd = new List<string>();
        new Pix2PixTrainer(options).Train(
            new Pix2PixTrainerTests.Recorder(
                reports,
                report =>
                {
                    // A folder in the place of the grid and of the best snapshot: neither can be written.
                    if (report.Event == TrainingEvent.Started)
                    {
                        Directory.CreateDirectory(grid);
                        Directory.CreateDirectory(folder.File("run/snapshots/generator-best.safetensors"));
                    }
                    if (report.Event == TrainingEvent.Validation)
                        checkpointsAtEnd.Add(
                            Path.GetFileName(new CheckpointFolder(folder.File("run/checkpoints")).All[0])
                        );
                }
            )
        );
        Assert.Contains(reports, report => report.Message?.Contains("The sample grid of epoch 2") == true);
        Assert.Contains(reports, report => report.Message?.Contains("generator-best.safetensors") == true);
        Assert.Equal("step-000000024", checkpointsAtEnd[^1]);
        Assert.Equal(TrainingEvent.Finished, reports[^1].Event);
    }

    [Fact]
    public void Validation_that_fails_costs_a_warning()
    {
        using var folder = new TemporaryFolder();
        var reports = new List<TrainingProgress>();
        var options = TinyRun.Pix2Pix(folder.File("run"));
        options.DataFolder = Data(folder, "data");
        (options.Pairs, options.BadImages) = (null, BadImages.Ignore);
        options.ValidationPairs = ImagePairs.FromSideBySide(Data(folder, "held"));
        var trainer = new Pix2PixTrainer(options);
        (options.ImageCacheMegabytes, options.SampleEveryEpochs) = (0, 1);
        trainer = new Pix2PixTrainer(options);
        trainer.Train(
            new Pix2PixTrainerTests.Recorder(
                reports,
                report =>
                {
                    if (report.Event == TrainingEvent.Started)
                        File.WriteAllText(folder.File("held/train/3.png"), "no image");
                }
            )
        );
        Assert.Contains(reports, report => report.Message?.StartsWith("Validation of epoch 1 failed") == true);
        Assert.Contains(reports, report => report.Message?.StartsWith("The sample grid of epoch 1 failed") == true);
        Assert.Equal(24, reports[^1].Step);
    }

    [Theory]
    [InlineData("changed")]
    [InlineData("new")]
    [InlineData("missing")]
    public void Changed_training_data_is_refused_by_name_unless_it_is_allowed(string change)
    {
        using var folder = new TemporaryFolder();
        string data = Data(folder, "data");
        TinyRun.Interrupt(folder.File("run"), 4, Use);
        // The same size for what is changed: one bit of the image.
        string file = Path.Combine(data, "train", change == "new" ? "9.png" : "3.png");
        if (change == "changed")
            Save(file, 77);
        else if (change == "new")
            Save(file, 9);
        else
            File.Delete(file);
        string message = Assert
            .Throws<InvalidOperationException>(() => TinyRun.Resume(folder.File("run"), Use))
            .Message;
        Assert.Contains($"{change}: '{Path.GetFileName(file)}'", message);
        Assert.Contains("AllowChangedData", message);
        string warning = Assert.Single(TinyRun.Resume(folder.File("run"), Allow));
        Assert.Contains($"{change}: '{Path.GetFileName(file)}'", warning);
        // From then on these are the run's files.
        Assert.Empty(TinyRun.Resume(folder.File("run"), Use));

        void Use(Pix2PixTrainer.Options options) => (options.DataFolder, options.Pairs) = (data, null);
        void Allow(Pix2PixTrainer.Options options)
        {
            Use(options);
            options.AllowChangedData = true;
        }
    }

    [Fact]
    public void A_byte_of_a_file_that_keeps_its_size_is_noticed()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("a.bin");
        File.WriteAllBytes(file, [1, 2, 3]);
        var before = RunData.Of([file], new Dictionary<string, string>());
        Assert.Empty(RunData.Of([file], new Dictionary<string, string>()).ChangesSince(before));
        File.WriteAllBytes(file, [1, 2, 4]);
        Assert.Equal("changed: 'a.bin'", Assert.Single(RunData.Of([file], before.Folders).ChangesSince(before)));
    }

    [Fact]
    public void A_file_that_was_written_since_and_is_not_hashed_costs_a_warning()
    {
        using var folder = new TemporaryFolder();
        string[] files =
        [
            .. Enumerable.Range(0, 40).Select(i => folder.File(FormattableString.Invariant($"{i:D2}.png"))),
        ];
        foreach (string file in files)
        {
            File.WriteAllBytes(file, [1, 2, 3]);
            File.SetLastWriteTimeUtc(file, new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc));
        }
        var folders = new Dictionary<string, string>();
        RunData.Of(files, folders).Write(folder.File("data.json"), flushToDisk: false);
        var before = RunData.Read(folder.File("data.json"), Assert.Fail)!;
        string unhashed = files.First(file => !before.Sample.ContainsKey(Path.GetFileName(file)));
        Assert.Empty(RunData.Of(files, folders).WrittenSince(before));
        File.WriteAllBytes(unhashed, [3, 2, 1]);
        var now = RunData.Of(files, folders);
        Assert.Empty(now.ChangesSince(before));
        Assert.Equal([$"written since: '{Path.GetFileName(unhashed)}'"], now.WrittenSince(before));
        // A copy of the dataset has other times everywhere, and data.json of runs of before has none.
        foreach (string file in files)
            File.SetLastWriteTimeUtc(file, new(2026, 5, 6, 7, 8, 9, DateTimeKind.Utc));
        Assert.Empty(RunData.Of(files, folders).WrittenSince(before));
        Assert.Empty(now.WrittenSince(before with { Times = null }));
    }

    [Fact]
    public void A_relative_data_folder_is_found_from_another_working_directory()
    {
        using var folder = new TemporaryFolder();
        string data = Data(folder, "data"),
            relative = Path.GetRelativePath(Environment.CurrentDirectory, data);
        TinyRun.Interrupt(folder.File("run"), 4, Use(relative));
        // As from another directory: the name that the run began with leads nowhere, the full path does.
        string moved = folder.File("run/data.json");
        string options = folder.File("run/options.json");
        File.WriteAllText(
            options,
            File.ReadAllText(options).Replace(relative, "no/such/place", StringComparison.Ordinal)
        );
        Assert.Contains(data, File.ReadAllText(moved));
        Assert.Empty(TinyRun.Resume(folder.File("run"), Use("no/such/place")));
        // The full path of the same folder is as good.
        Assert.Empty(TinyRun.Resume(folder.File("run"), Use(data)));

        static Action<Pix2PixTrainer.Options> Use(string folder) =>
            options => (options.DataFolder, options.Pairs) = (folder, null);
    }

    [Fact]
    public void Checkpoints_without_options_are_not_gone_on_with()
    {
        using var folder = new TemporaryFolder();
        TinyRun.Interrupt(folder.File("run"), 4);
        File.Delete(folder.File("run/options.json"));
        Assert.Contains(
            "options.json' is missing",
            Assert.Throws<InvalidDataException>(() => TinyRun.Resume(folder.File("run"))).Message
        );
    }

    [Fact]
    public void Files_of_a_run_that_lead_to_a_device_are_not_read()
    {
        Assert.SkipUnless(File.Exists("/dev/zero"), "needs /dev/zero");
        using var folder = new TemporaryFolder();
        TinyRun.Interrupt(folder.File("run"), 4);
        foreach (string name in new[] { "data.json", "options.json" })
        {
            File.Delete(folder.File("run/" + name));
            File.CreateSymbolicLink(folder.File("run/" + name), "/dev/zero");
        }
        Assert.Contains(
            "not a regular file",
            Assert.Throws<InvalidDataException>(() => TinyRun.Resume(folder.File("run"))).Message
        );
        Assert.Null(
            RunData.Read(folder.File("run/data.json"), warning => Assert.Contains("not a regular file", warning))
        );
    }

    private static string Data(TemporaryFolder folder, string name)
    {
        Directory.CreateDirectory(folder.File(name + "/train"));
        for (int i = 0; i < 8; i++)
            Save(folder.File(FormattableString.Invariant($"{name}/train/{i}.png")), i);
        return folder.File(name);
    }

    private static void Save(string file, int number)
    {
        var image = TestTensors.Image(number, 20, 20);
        ImageEncoder.Save(RgbImage.JoinPair(image, TestTensors.Negative(image)), file);
    }
}

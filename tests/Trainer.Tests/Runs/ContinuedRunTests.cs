using System.Text.Json.Nodes;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Trainer.Tests;

/// <summary>Runs that go on with more epochs than planned, or with their data in another place.</summary>
public sealed class ContinuedRunTests
{
    [Theory]
    [InlineData(2, 4, 0)]
    [InlineData(3, 1, 4)]
    public void A_finished_run_goes_on_as_if_it_had_been_planned_so(int planned, int epochs, int decay)
    {
        using var folder = new TemporaryFolder();
        TinyRun.Resume(folder.File("run"), Plan(decay > 0 ? 1 : planned, decay > 0 ? planned - 1 : 0));
        string message = Assert
            .Throws<InvalidOperationException>(() => TinyRun.Resume(folder.File("run"), Plan(epochs, decay)))
            .Message;
        Assert.Contains("AllowChangedEpochs", message);
        TinyRun.Resume(folder.File("run"), Plan(epochs, decay, allow: true));

        int total = epochs + decay;
        var run = RunRecordOf(folder.File("run"));
        Assert.Equal(epochs, run["options"]!["epochs"]!.GetValue<int>());
        var entry = Assert.Single(run["history"]!.AsArray())!;
        Assert.Equal(planned * 8, entry["step"]!.GetValue<int>());
        Assert.Equal("epochs", entry["change"]!.GetValue<string>());
        Assert.Equal($"{epochs} and {decay} of decay", entry["to"]!.GetValue<string>());
        Assert.Contains(
            $"After step {planned * 8}, other epochs: from ",
            File.ReadAllText(folder.File("run/report.html"))
        );
        Assert.Equal(total * 8, File.ReadLines(folder.File("run/log.jsonl")).Count());
        if (decay == 0)
        {
            TinyRun.Resume(folder.File("whole"), Plan(epochs, 0));
            Assert.Equal(TinyRun.Hashes(folder.File("whole")), TinyRun.Hashes(folder.File("run")));
        }

        // These are the run's options from then on, and nothing is left to do.
        TinyRun.Resume(folder.File("run"), Plan(epochs, decay));
        Assert.Equal(total * 8, File.ReadLines(folder.File("run/log.jsonl")).Count());
    }

    [Fact]
    public void A_run_that_was_killed_after_it_was_prolonged_goes_on_bit_for_bit()
    {
        using var folder = new TemporaryFolder();
        TinyRun.Resume(folder.File("run"), Plan(1, 0));
        TinyRun.Interrupt(folder.File("run"), 13, Plan(3, 0, allow: true));
        TinyRun.Resume(folder.File("run"), Plan(3, 0));
        TinyRun.Resume(folder.File("whole"), Plan(3, 0));
        Assert.Equal(TinyRun.Hashes(folder.File("whole")), TinyRun.Hashes(folder.File("run")));
    }

    [Fact]
    public void A_run_that_stopped_early_goes_on_only_with_more_epochs()
    {
        using var folder = new TemporaryFolder();
        void Stop(Pix2PixTrainer.Options options)
        {
            Plan(4, 0)(options);
            (options.LearningRate, options.EarlyStoppingPatience, options.AverageDecay) = (1e-12, 1, 0);
        }
        TinyRun.Resume(folder.File("run"), Stop);
        int stopped = File.ReadLines(folder.File("run/log.jsonl")).Count();
        Assert.True(stopped < 4 * 8);
        TinyRun.Resume(folder.File("run"), Stop);
        Assert.Equal(stopped, File.ReadLines(folder.File("run/log.jsonl")).Count());
        TinyRun.Resume(
            folder.File("run"),
            options =>
            {
                Stop(options);
                options.AllowChangedEpochs = true;
            }
        );
        Assert.True(File.ReadLines(folder.File("run/log.jsonl")).Count() > stopped);
    }

    [Fact]
    public void Other_options_are_refused_all_the_same()
    {
        using var folder = new TemporaryFolder();
        TinyRun.Resume(folder.File("run"), Plan(1, 0));
        void Change(Pix2PixTrainer.Options options)
        {
            Plan(2, 0, allow: true)(options);
            options.AllowMovedData = true;
            options.L1Weight = 7;
        }
        string message = Assert
            .Throws<InvalidOperationException>(() => TinyRun.Resume(folder.File("run"), Change))
            .Message;
        Assert.Contains("options.l1Weight", message);
        Assert.DoesNotContain("options.epochs", message);
        Assert.Null(RunRecordOf(folder.File("run"))["history"]);
    }

    [Fact]
    public void Data_may_move_if_it_is_the_same()
    {
        using var folder = new TemporaryFolder();
        string data = Data(folder, "data");
        TinyRun.Interrupt(folder.File("run"), 5, From(data));
        Directory.Move(data, folder.File("elsewhere"));
        string moved = folder.File("elsewhere");
        string message = Assert
            .Throws<InvalidOperationException>(() => TinyRun.Resume(folder.File("run"), From(moved)))
            .Message;
        Assert.Contains("options.dataFolder", message);
        Assert.Contains("AllowMovedData", message);

        // Another dataset is not the data moved.
        string other = Data(folder, "other");
        Save(Path.Combine(other, "train", "3.png"), 77);
        message = Assert
            .Throws<InvalidOperationException>(() => TinyRun.Resume(folder.File("run"), Moved(other)))
            .Message;
        Assert.Contains("changed: '3.png'", message);
        Assert.Contains("AllowChangedData", message);

        Assert.Empty(TinyRun.Resume(folder.File("run"), Moved(moved)));
        TinyRun.Resume(folder.File("whole"), From(moved));
        Assert.Equal(TinyRun.Hashes(folder.File("whole")).Values, TinyRun.Hashes(folder.File("run")).Values);
        var entry = Assert.Single(RunRecordOf(folder.File("run"))["history"]!.AsArray())!;
        Assert.Equal("folder", entry["change"]!.GetValue<string>());
        Assert.Equal(data, entry["from"]!.GetValue<string>());
        Assert.Equal(moved, entry["to"]!.GetValue<string>());
        Assert.Contains("training files moved", File.ReadAllText(folder.File("run/report.html")));
        // That is where they are from then on.
        Assert.Empty(TinyRun.Resume(folder.File("run"), From(moved)));
    }

    private static Action<Pix2PixTrainer.Options> Plan(int epochs, int decay, bool allow = false) =>
        options =>
        {
            (options.Epochs, options.DecayEpochs) = (epochs, decay);
            options.AllowChangedEpochs = allow;
        };

    private static Action<Pix2PixTrainer.Options> From(string data) =>
        options => (options.DataFolder, options.Pairs) = (data, null);

    private static Action<Pix2PixTrainer.Options> Moved(string data) =>
        options =>
        {
            From(data)(options);
            options.AllowMovedData = true;
        };

    private static JsonObject RunRecordOf(string run) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(run, "options.json")))!.AsObject();

    private static string Data(TemporaryFolder folder, string name)
    {
        string train = Directory.CreateDirectory(folder.File($"{name}/train")).FullName;
        for (int i = 0; i < 8; i++)
            Save(Path.Combine(train, $"{i}.png"), i);
        return folder.File(name);
    }

    private static void Save(string file, int number) =>
        ImageEncoder.Save(
            RgbImage.JoinPair(
                TestTensors.Image(number, 20, 20),
                TestTensors.Negative(TestTensors.Image(number, 20, 20))
            ),
            file
        );
}

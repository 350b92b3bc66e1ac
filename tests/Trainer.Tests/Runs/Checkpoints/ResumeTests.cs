using System.Text.Json.Nodes;
using MlNetImageTranslation.TestSupport;
using TorchSharp;

namespace MlNetImageTranslation.Trainer.Tests;

public sealed class ResumeTests
{
    [Fact]
    public void An_interrupted_run_ends_bit_for_bit_like_one_that_was_not()
    {
        using var folder = new TemporaryFolder();
        new Pix2PixTrainer(TinyRun.Pix2Pix(folder.File("whole"))).Train();
        foreach (int stop in new[] { 2, 5, 11, 16, 20 })
            TinyRun.Interrupt(folder.File("parts"), stop);
        var options = TinyRun.Pix2Pix(folder.File("parts"));
        options.Resume = true;
        new Pix2PixTrainer(options).Train();
        Assert.Equal(TinyRun.Hashes(folder.File("whole")), TinyRun.Hashes(folder.File("parts")));
    }

    [Fact]
    public void A_run_in_bfloat16_resumes_bit_for_bit_with_weights_in_float32()
    {
        using var folder = new TemporaryFolder();
        static void Change(Pix2PixTrainer.Options options) =>
            (options.Precision, options.FlushToDisk) = (TrainingPrecision.BFloat16, true);
        var whole = TinyRun.Pix2Pix(folder.File("whole"));
        Change(whole);
        var weights = new Pix2PixTrainer(whole).Train().Generators[0].Weights;
        TinyRun.Interrupt(folder.File("parts"), 7, Change);
        var options = TinyRun.Pix2Pix(folder.File("parts"));
        Change(options);
        options.Resume = true;
        new Pix2PixTrainer(options).Train();
        Assert.Equal(TinyRun.Hashes(folder.File("whole")), TinyRun.Hashes(folder.File("parts")));
        Assert.Contains("\"precision\": \"bfloat16\"", File.ReadAllText(folder.File("whole/options.json")));
        // Numbers of bfloat16 have nothing in their lower 16 bits.
        Assert.Contains(
            weights["up1.conv.weight"].Values,
            value => (BitConverter.SingleToInt32Bits(value) & 0xFFFF) != 0
        );
    }

    [Fact]
    public void Other_users_of_torchs_random_numbers_do_not_change_a_run()
    {
        using var folder = new TemporaryFolder();
        new Pix2PixTrainer(TinyRun.Pix2Pix(folder.File("alone"))).Train();
        var disturbance = new Pix2PixTrainerTests.Recorder(
            [],
            report =>
            {
                torch.manual_seed(report.Step);
                using var drawn = torch.rand(1000);
            }
        );
        new Pix2PixTrainer(TinyRun.Pix2Pix(folder.File("disturbed"))).Train(disturbance);
        // A second training inside the first one's report.
        bool nested = false;
        new Pix2PixTrainer(TinyRun.Pix2Pix(folder.File("outer"))).Train(
            new Pix2PixTrainerTests.Recorder(
                [],
                report =>
                {
                    if (nested || report.Step < 3)
                        return;
                    nested = true;
                    new Pix2PixTrainer(TinyRun.Pix2Pix(folder.File("inner"))).Train();
                }
            )
        );
        foreach (string run in new[] { "disturbed", "outer", "inner" })
            Assert.Equal(TinyRun.Hashes(folder.File("alone")), TinyRun.Hashes(folder.File(run)));
    }

    [Fact]
    public void A_run_of_before_an_option_existed_goes_on_with_its_default()
    {
        using var folder = new TemporaryFolder();
        TinyRun.Interrupt(folder.File("run"), 4);
        string file = folder.File("run/options.json");
        var document = JsonNode.Parse(File.ReadAllText(file))!;
        Assert.True(document["options"]!.AsObject().Remove("precision"));
        File.WriteAllText(file, document.ToJsonString());
        var options = TinyRun.Pix2Pix(folder.File("run"));
        (options.Resume, options.Precision) = (true, TrainingPrecision.BFloat16);
        Assert.Contains(
            "options.precision",
            Assert.Throws<InvalidOperationException>(() => new Pix2PixTrainer(options).Train()).Message
        );
        options.Precision = TrainingPrecision.Float32;
        Assert.Equal(24, new Pix2PixTrainer(options).Train().Steps);
    }

    [Fact]
    public void A_damaged_checkpoint_falls_back_to_the_one_before()
    {
        using var folder = new TemporaryFolder();
        new Pix2PixTrainer(TinyRun.Pix2Pix(folder.File("whole"))).Train();
        TinyRun.Interrupt(folder.File("parts"), 14);
        string newest = new CheckpointFolder(folder.File("parts/checkpoints")).All[0],
            weights = Path.Combine(newest, "discriminator.safetensors");
        var bytes = File.ReadAllBytes(weights);
        bytes[^7] ^= 1;
        File.WriteAllBytes(weights, bytes);
        var warnings = new List<TrainingProgress>();
        var options = TinyRun.Pix2Pix(folder.File("parts"));
        options.Resume = true;
        new Pix2PixTrainer(options).Train(new Pix2PixTrainerTests.Recorder(warnings));
        Assert.Contains(
            warnings,
            report =>
                report.Event == TrainingEvent.Warning
                && report.Message!.Contains("discriminator.safetensors", StringComparison.Ordinal)
        );
        Assert.Equal(TinyRun.Hashes(folder.File("whole")), TinyRun.Hashes(folder.File("parts")));
    }

    [Fact]
    public void A_run_whose_checkpoints_are_all_damaged_is_not_begun_anew()
    {
        using var folder = new TemporaryFolder();
        TinyRun.Interrupt(folder.File("run"), 14);
        foreach (string checkpoint in new CheckpointFolder(folder.File("run/checkpoints")).All)
            File.Delete(Path.Combine(checkpoint, "generator.safetensors"));
        string log = File.ReadAllText(folder.File("run/log.jsonl"));
        var options = TinyRun.Pix2Pix(folder.File("run"));
        options.Resume = true;
        Assert.Contains(
            "are damaged",
            Assert.Throws<InvalidDataException>(() => new Pix2PixTrainer(options).Train()).Message
        );
        Assert.Equal(log, File.ReadAllText(folder.File("run/log.jsonl")));
    }

    [Fact]
    public void A_run_folder_refuses_a_second_run_and_other_options()
    {
        using var folder = new TemporaryFolder();
        TinyRun.Interrupt(folder.File("run"), 4);
        Assert.Contains(
            "Resume",
            Assert
                .Throws<InvalidOperationException>(() =>
                    new Pix2PixTrainer(TinyRun.Pix2Pix(folder.File("run"))).Train()
                )
                .Message
        );
        var options = TinyRun.Pix2Pix(folder.File("run"));
        (options.Resume, options.L1Weight) = (true, 50);
        Assert.Contains(
            "l1Weight",
            Assert.Throws<InvalidOperationException>(() => new Pix2PixTrainer(options).Train()).Message
        );
    }

    [Fact]
    public void A_finished_run_that_is_resumed_stays_as_it_is()
    {
        using var folder = new TemporaryFolder();
        var options = TinyRun.Pix2Pix(folder.File("run"));
        new Pix2PixTrainer(options).Train();
        var before = TinyRun.Hashes(folder.File("run"));
        options.Resume = true;
        var result = new Pix2PixTrainer(options).Train();
        Assert.Equal(24, result.Steps);
        Assert.Equal(before, TinyRun.Hashes(folder.File("run")));
    }

    [Fact]
    public void The_loss_of_an_epoch_in_parts_is_that_of_the_whole_epoch()
    {
        using var folder = new TemporaryFolder();
        static void Change(Pix2PixTrainer.Options options) =>
            (options.LearningRatePolicy, options.ValidationPairs) = (LearningRatePolicy.Plateau, null);
        TinyRun.Resume(folder.File("whole"), Change);
        foreach (int stop in new[] { 5, 12, 19 })
            TinyRun.Interrupt(folder.File("parts"), stop, Change);
        TinyRun.Resume(folder.File("parts"), Change);
        // The best loss so far is in the state.
        Assert.Equal(TinyRun.Hashes(folder.File("whole")), TinyRun.Hashes(folder.File("parts")));
    }
}

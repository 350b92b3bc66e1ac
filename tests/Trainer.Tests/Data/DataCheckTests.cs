using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Trainer.Tests;

public sealed class DataCheckTests
{
    [Fact]
    public void Bad_images_of_unpaired_test_sets_are_warned_about_and_left_out()
    {
        using var folder = new TemporaryFolder();
        AddSets(folder, "trainA", "trainB", "testA", "testB");
        CutInHalf(folder.File("testA/1.png"));
        var warnings = new List<TrainingProgress>();
        var (training, validation) = Open(folder, warnings);
        Assert.Equal(3, training.Count);
        Assert.Equal(3, validation!.Count);
        Assert.Contains("testA/1.png' is left out", Assert.Single(warnings).Message);
        // Every sample of the grids can be made: no A is the damaged one.
        for (int i = 0; i < validation.Count; i++)
            Assert.DoesNotContain("testA/1.png", validation.Fixed(i).Name);
    }

    [Fact]
    public void A_test_set_without_good_images_ends_no_run()
    {
        using var folder = new TemporaryFolder();
        AddSets(folder, "trainA", "trainB", "valA", "valB", "testA", "testB");
        foreach (string file in Directory.GetFiles(folder.File("valB")))
            CutInHalf(file);
        var warnings = new List<TrainingProgress>();
        var (_, validation) = Open(folder, warnings);
        Assert.Equal(4, warnings.Count);
        Assert.Contains("valB part is not used", warnings[^1].Message);
        Assert.Contains("testA", validation!.Fixed(0).Name);
        Assert.Contains("valB", Assert.Throws<InvalidDataException>(() => Open(folder, [], BadImages.Fail)).Message);
    }

    [Fact]
    public void A_training_set_without_good_images_is_an_error()
    {
        using var folder = new TemporaryFolder();
        AddSets(folder, "trainA", "trainB");
        foreach (string file in Directory.GetFiles(folder.File("trainB")))
            CutInHalf(file);
        var error = Assert.Throws<InvalidDataException>(() => Open(folder, []));
        Assert.Contains("all 3 images of the trainB part", error.Message);
    }

    [Fact]
    public void Validation_pairs_are_checked_too_and_one_bad_phase_gives_way_to_the_next()
    {
        using var folder = new TemporaryFolder();
        AddPairs(folder, "train", "val", "test");
        foreach (string file in Directory.GetFiles(folder.File("val")))
            CutInHalf(file);
        CutInHalf(folder.File("test/0.png"));
        var warnings = new List<TrainingProgress>();
        var options = new Pix2PixTrainer.Options { DataFolder = folder.Path };
        var (training, validation) = TrainingPairs.Open(options, new Pix2PixTrainerTests.Recorder(warnings));
        Assert.Equal((3, 2), (training.Count, validation!.Count));
        Assert.Equal(5, warnings.Count);
    }

    [Theory]
    [InlineData(BadImages.SkipUnreadable)]
    [InlineData(BadImages.Ignore)]
    public void What_is_not_used_is_told_before_training(BadImages policy)
    {
        using var folder = new TemporaryFolder();
        AddPairs(folder, "train");
        File.WriteAllText(folder.File("train/._0.png"), "of macOS");
        File.WriteAllText(folder.File("train/scan.gif"), "");
        var reports = new List<TrainingProgress>();
        var options = new Pix2PixTrainer.Options { DataFolder = folder.Path, BadImages = policy };
        var (training, _) = TrainingPairs.Open(options, new Pix2PixTrainerTests.Recorder(reports));
        Assert.Equal(3, training.Count);
        var report = Assert.Single(reports);
        Assert.Equal(TrainingEvent.Warning, report.Event);
        Assert.Equal(
            "train: 3 images are used; left out: 1 hidden file (such as '._0.png'), "
                + "1 file of other extensions (such as 'scan.gif')",
            report.Message
        );
    }

    private static (UnpairedSamples Training, UnpairedSamples? Validation) Open(
        TemporaryFolder folder,
        List<TrainingProgress> warnings,
        BadImages policy = BadImages.SkipUnreadable
    ) =>
        TrainingImageSets.Open(
            new CycleGanTrainer.Options
            {
                DataFolder = folder.Path,
                BadImages = policy,
                LoadSize = 16,
                CropSize = 16,
            },
            new Pix2PixTrainerTests.Recorder(warnings)
        );

    private static void AddSets(TemporaryFolder folder, params string[] parts)
    {
        foreach (string part in parts)
            for (int i = 0; i < 3; i++)
                ImageEncoder.Save(
                    TestTensors.Image(100 * part[^1] + part[0] + i, 16, 16),
                    folder.File($"{part}/{i}.png")
                );
    }

    private static void AddPairs(TemporaryFolder folder, params string[] parts)
    {
        foreach (string part in parts)
            for (int i = 0; i < 3; i++)
                ImageEncoder.Save(
                    RgbImage.JoinPair(TestTensors.Image(i, 16, 16), TestTensors.Image(i + 5, 16, 16)),
                    folder.File($"{part}/{i}.png")
                );
    }

    private static void CutInHalf(string file)
    {
        byte[] bytes = File.ReadAllBytes(file);
        File.WriteAllBytes(file, bytes[..(bytes.Length / 2)]);
    }
}

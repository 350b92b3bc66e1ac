using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Trainer.Tests;

/// <summary>Instance images that cannot be used are found before training begins.</summary>
public sealed class InstanceCheckTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public InstanceCheckTests()
    {
        foreach (string part in (ReadOnlySpan<string>)["data/trainA", "data/trainB", "instances/train"])
            for (int i = 0; i < 3; i++)
                Write($"{part}/{i}.png", 20, 16);
        foreach (string part in (ReadOnlySpan<string>)["data/valA", "data/valB", "instances/val"])
            for (int i = 0; i < 2; i++)
                Write($"{part}/{i}.png", 20, 16);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(BadImages.SkipUnreadable)]
    [InlineData(BadImages.Skip)]
    public void Pairs_whose_instance_image_cannot_be_read_are_left_out(BadImages policy)
    {
        Damage("instances/train/1.png");
        Damage("instances/val/0.png");
        var (training, validation, warnings) = Open(policy);
        Assert.Equal(["0.png", "2.png"], Names(training));
        Assert.Equal(["1.png"], Names(validation!));
        // The files of the right pairs, after the others moved up.
        Assert.Contains(training.Files, file => file.EndsWith("instances/train/2.png", StringComparison.Ordinal));
        Assert.DoesNotContain(training.Files, file => file.EndsWith("1.png", StringComparison.Ordinal));
        Assert.Equal(2, warnings.Count);
        Assert.Contains("data/trainA/1.png' is left out for its instance image: ", warnings[0]);
        Assert.Contains("instances/train/1.png", warnings[0]);
        Assert.NotNull(training.Fixed(1).Instances);
    }

    [Fact]
    public void A_part_of_which_none_is_left_is_not_used_and_a_run_needs_one()
    {
        Damage("instances/val/0.png");
        Damage("instances/val/1.png");
        Assert.Null(Open(BadImages.SkipUnreadable).Validation);
        for (int i = 0; i < 3; i++)
            Damage($"instances/train/{i}.png");
        Assert.Contains(
            "all instance images are bad",
            Assert.Throws<InvalidDataException>(() => Open(BadImages.SkipUnreadable)).Message
        );
    }

    [Fact]
    public void Bad_ones_fail_or_are_left_to_the_run_where_that_is_asked_for()
    {
        Damage("instances/train/1.png");
        Assert.Contains(
            "instances/train/1.png",
            Assert.Throws<InvalidDataException>(() => Open(BadImages.Fail)).Message
        );
        Assert.Equal(3, Open(BadImages.Ignore).Training.Count);
    }

    [Theory]
    [InlineData("train/2.png", BadImages.SkipUnreadable)]
    [InlineData("val/1.png", BadImages.SkipUnreadable)]
    [InlineData("train/2.png", BadImages.Ignore)]
    public void Another_size_than_the_label_image_is_refused(string instances, BadImages policy)
    {
        Write("instances/" + instances, 16, 20);
        string message = Assert.Throws<InvalidDataException>(() => Open(policy)).Message;
        Assert.Contains($"instances/{instances}' of pair", message);
        Assert.EndsWith("is 16x20; expected 20x16, the size of its label image.", message);
    }

    [Fact]
    public void One_colour_is_no_fault_of_an_instance_image()
    {
        ImageEncoder.Save(RgbImage.Filled(20, 16, 7, 7, 7), _folder.File("instances/train/0.png"));
        var (training, _, warnings) = Open(BadImages.Skip);
        Assert.Equal((3, 0), (training.Count, warnings.Count));
    }

    private (PairedSamples Training, PairedSamples? Validation, List<string> Warnings) Open(BadImages policy)
    {
        var options = new Pix2PixTrainer.Options
        {
            DataFolder = _folder.File("data"),
            InstanceFolder = _folder.File("instances"),
            LabelCount = 250,
            BadImages = policy,
        };
        var reports = new List<TrainingProgress>();
        var (training, validation) = TrainingPairs.Open(options, new Pix2PixTrainerTests.Recorder(reports));
        return (training, validation, [.. reports.Select(report => report.Message).OfType<string>()]);
    }

    private static IEnumerable<string?> Names(PairedSamples samples) =>
        Enumerable.Range(0, samples.Count).Select(i => Path.GetFileName(samples.Fixed(i).Name));

    private void Write(string name, int width, int height)
    {
        string file = _folder.File(name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        // Gray levels of classes, in every image others.
        byte[] pixels = new byte[width * height * 3];
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)(((i / 3 * 7) + name.Sum(letter => letter)) % 250);
        ImageEncoder.Save(new RgbImage(width, height, pixels), file);
    }

    private void Damage(string name)
    {
        string file = _folder.File(name);
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..^40]);
    }
}

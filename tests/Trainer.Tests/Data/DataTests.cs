using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Trainer.Tests;

public sealed class DataTests
{
    [Theory]
    [InlineData(PreprocessMode.ResizeAndCrop, 100, 60, 40, 40)]
    [InlineData(PreprocessMode.Crop, 100, 60, 100, 60)]
    [InlineData(PreprocessMode.ScaleWidth, 100, 80, 40, 32)]
    [InlineData(PreprocessMode.ScaleWidth, 100, 60, 40, 32)]
    [InlineData(PreprocessMode.ScaleWidthAndCrop, 100, 200, 40, 80)]
    [InlineData(PreprocessMode.None, 101, 62, 100, 64)]
    [InlineData(PreprocessMode.None, 102, 58, 104, 56)]
    public void Images_are_resized_as_the_reference_does(
        PreprocessMode mode,
        int width,
        int height,
        int expectedWidth,
        int expectedHeight
    )
    {
        var resized = new Preprocessing(mode, 40, 32, true).Resize(TestTensors.Image(1, width, height));
        Assert.Equal((expectedWidth, expectedHeight), (resized.Width, resized.Height));
    }

    [Theory]
    [InlineData(PreprocessMode.ResizeAndCrop, 48, 20, 32, 16)]
    [InlineData(PreprocessMode.ScaleWidth, 48, 28, 48, 28)]
    [InlineData(PreprocessMode.ScaleWidthAndCrop, 48, 28, 32, 16)]
    public void Rectangles_are_resized_and_cropped(
        PreprocessMode mode,
        int width,
        int height,
        int cropWidth,
        int cropHeight
    )
    {
        var preprocessing = new Preprocessing(mode, new(48, 20), new(32, 16), false);
        var resized = preprocessing.Resize(TestTensors.Image(1, 100, 60));
        Assert.Equal((width, height), (resized.Width, resized.Height));
        var windows = Enumerable
            .Range(0, 500)
            .Select(i => preprocessing.Window(width, height, new(1, RandomStream.Augmentation, i)))
            .ToArray();
        Assert.All(windows, window => Assert.Equal((cropWidth, cropHeight), (window.Width, window.Height)));
        Assert.Equal(width - cropWidth, windows.Max(window => window.X));
        Assert.Equal(height - cropHeight, windows.Max(window => window.Y));
        var middle = preprocessing.CentralWindow(width, height);
        Assert.Equal(((width - cropWidth) / 2, (height - cropHeight) / 2), (middle.X, middle.Y));
    }

    [Fact]
    public void Windows_stay_inside_reach_every_corner_and_mirror_half_of_the_samples()
    {
        var preprocessing = new Preprocessing(PreprocessMode.ResizeAndCrop, 10, 8, true);
        var windows = Enumerable
            .Range(0, 2000)
            .Select(i => preprocessing.Window(10, 10, new(1, RandomStream.Augmentation, i)))
            .ToArray();
        Assert.All(
            windows,
            window => Assert.True(window is { Width: 8, Height: 8, X: >= 0 and <= 2, Y: >= 0 and <= 2 })
        );
        Assert.Equal(9, windows.Select(window => (window.X, window.Y)).Distinct().Count());
        Assert.InRange(windows.Count(window => window.Mirrored), 900, 1100);
        Assert.DoesNotContain(
            Enumerable.Range(0, 100),
            i => (preprocessing with { Flip = false }).Window(10, 10, new(1, RandomStream.Augmentation, i)).Mirrored
        );
    }

    [Fact]
    public void Both_images_of_a_pair_are_cropped_and_mirrored_alike()
    {
        var samples = new PairedSamples(
            TestTensors.Pairs(3, 24),
            TranslationDirection.AtoB,
            new(PreprocessMode.ResizeAndCrop, 20, 12, true),
            5,
            1 << 20
        );
        for (int i = 0; i < 20; i++)
        {
            var sample = samples.Training(i % 3, i);
            Assert.Equal(
                TestTensors.Negative(sample.Source).Pixels.Select(value => (int)value),
                sample.Target.Pixels.Select(value => (int)value),
                (a, b) => Math.Abs(a - b) <= 1
            );
        }
        Assert.NotEqual(samples.Training(0, 0).Source.Pixels, samples.Training(0, 1).Source.Pixels);
        Assert.Equal(samples.Training(0, 1).Source.Pixels, samples.Training(0, 1).Source.Pixels);
    }

    [Fact]
    public void Epochs_hold_every_sample_once_and_batches_come_in_order()
    {
        var order = new BatchOrder(10, 4, SampleOrder.Shuffled, 3);
        Assert.Equal(3, order.BatchesPerEpoch);
        for (int epoch = 0; epoch < 3; epoch++)
        {
            var samples = Enumerable.Range(0, 3).SelectMany(batch => order.Samples(epoch, batch)).ToArray();
            Assert.Equal(Enumerable.Range(0, 10), samples.Select(sample => sample.Index).Order());
            Assert.Equal(
                Enumerable.Range(10 * epoch, 10).Select(i => (long)i),
                samples.Select(sample => sample.Number)
            );
        }
        Assert.Equal(
            [4, 5, 6, 7],
            (order with { Order = SampleOrder.Serial }).Samples(7, 1).Select(sample => sample.Index)
        );
    }

    [Fact]
    public void Batches_are_the_same_from_any_place_in_the_run()
    {
        var samples = new PairedSamples(
            TestTensors.Pairs(5, 16),
            TranslationDirection.BtoA,
            new(PreprocessMode.ResizeAndCrop, 16, 12, true),
            5,
            1 << 20
        );
        var order = new BatchOrder(5, 2, SampleOrder.Shuffled, 3);
        using var whole = new BatchLoader(samples, order, 3, 1, 1, 0, 0);
        using var later = new BatchLoader(samples, order with { }, 3, 1, 1, 1, 1);
        for (int i = 0; i < 4; i++)
            whole.Next().Dispose();
        for (int i = 0; i < 5; i++)
        {
            using var scope = TorchSharp.torch.NewDisposeScope();
            using Batch a = whole.Next(),
                b = later.Next();
            var (sourceA, targetA) = a.ToTensors(new(TorchSharp.DeviceType.CPU));
            var (sourceB, targetB) = b.ToTensors(new(TorchSharp.DeviceType.CPU));
            Assert.Equal(a.Names, b.Names);
            Assert.Equal(TestTensors.Values(sourceA), TestTensors.Values(sourceB));
            Assert.Equal(TestTensors.Values(targetA), TestTensors.Values(targetB));
            Assert.Equal([a.Names.Count, 1, 12, 12], targetA.shape);
        }
    }

    [Fact]
    public void A_pair_of_different_sizes_is_refused_by_name()
    {
        var pairs = ImagePairs.FromImages([(TestTensors.Image(1, 16, 16), TestTensors.Image(2, 16, 20))]);
        var samples = new PairedSamples(
            pairs,
            TranslationDirection.AtoB,
            new(PreprocessMode.Crop, 16, 16, false),
            0,
            1 << 20
        );
        Assert.Contains("row 0", Assert.Throws<InvalidDataException>(() => samples.Training(0, 0)).Message);
    }

    [Fact]
    public void Data_sets_are_found_as_they_are_laid_out()
    {
        using var folder = new TemporaryFolder();
        string train = Directory.CreateDirectory(folder.File("train")).FullName;
        ImageEncoder.Save(
            RgbImage.JoinPair(TestTensors.Image(1, 8, 8), TestTensors.Image(2, 8, 8)),
            Path.Combine(train, "b.png")
        );
        ImageEncoder.Save(
            RgbImage.JoinPair(TestTensors.Image(3, 8, 8), TestTensors.Image(4, 8, 8)),
            Path.Combine(train, "B.png")
        );
        var pairs = ImagePairs.FromDataSet(folder.Path);
        Assert.Equal(
            ["B.png", "b.png"],
            Enumerable.Range(0, pairs.Count).Select(i => Path.GetFileName(pairs.NameOf(i)))
        );
        Assert.Equal(TestTensors.Image(4, 8, 8).Pixels, pairs.Load(0).B.Pixels);
        Assert.Null(ImagePairs.TryFromDataSet(folder.Path, "val"));

        foreach (string side in new[] { "A", "B" })
            ImageEncoder.Save(
                TestTensors.Image(5, 8, 8),
                Path.Combine(Directory.CreateDirectory(folder.File($"two/{side}")).FullName, "x.png")
            );
        Assert.Equal(1, ImagePairs.FromDataSet(folder.File("two")).Count);
        ImageEncoder.Save(TestTensors.Image(5, 8, 8), folder.File("two/A/lonely.png"));
        Assert.Contains(
            "lonely",
            Assert.Throws<InvalidDataException>(() => ImagePairs.FromDataSet(folder.File("two"))).Message
        );
    }

    [Fact]
    public void A_validation_split_is_a_partition_that_depends_on_the_seed()
    {
        var (training, held) = ValidationSplit.Of(50, 0.2, 1);
        Assert.Equal(10, held.Length);
        Assert.Equal(Enumerable.Range(0, 50), training.Concat(held).Order());
        Assert.NotEqual(held, ValidationSplit.Of(50, 0.2, 2).Validation);
    }

    [Fact]
    public void Bad_images_are_left_out_or_end_the_run_as_the_policy_says()
    {
        using var folder = new TemporaryFolder();
        for (int i = 0; i < 3; i++)
            ImageEncoder.Save(
                RgbImage.JoinPair(TestTensors.Image(i, 16, 16), TestTensors.Image(i + 5, 16, 16)),
                folder.File($"{i}.png")
            );
        File.WriteAllText(folder.File("broken.png"), "this is no image");
        ImageEncoder.Save(new RgbImage(32, 16), folder.File("black.png"));
        int Count(BadImages policy, List<TrainingProgress> warnings) =>
            DataCheck
                .Filter(
                    ImagePairs.FromDataSet(folder.Path),
                    "train",
                    new Pix2PixTrainer.Options { BadImages = policy },
                    new Pix2PixTrainerTests.Recorder(warnings)
                )
                .Count;
        var warnings = new List<TrainingProgress>();
        Assert.Equal(4, Count(BadImages.SkipUnreadable, warnings));
        Assert.Contains("broken.png", Assert.Single(warnings).Message);
        Assert.Equal(3, Count(BadImages.Skip, []));
        Assert.Equal(5, Count(BadImages.Ignore, []));
        Assert.Contains("broken.png", Assert.Throws<InvalidDataException>(() => Count(BadImages.Fail, [])).Message);
    }

    [Fact]
    public void Colorization_goes_from_luma_to_the_image()
    {
        var (luma, image) = ImagePairs.FromColorization(ImageSet.FromImages([TestTensors.Image(1, 8, 8)])).Load(0);
        Assert.Equal(TestTensors.Image(1, 8, 8).Pixels, image.Pixels);
        Assert.All(
            Enumerable.Range(0, 64),
            i =>
                Assert.True(
                    luma.Pixels[3 * i] == luma.Pixels[3 * i + 1] && luma.Pixels[3 * i] == luma.Pixels[3 * i + 2]
                )
        );
    }
}

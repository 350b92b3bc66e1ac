using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Networks;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Trainer.Tests;

/// <summary>Images that the networks cannot work with are named before the run's folder is made.</summary>
public sealed class SampleSizesTests
{
    [Theory]
    [InlineData("patch", 3, 1, "Discriminator 'patch' cannot judge it.", "24x24")]
    [InlineData("patch", 2, 2, "Discriminator 'patch' cannot judge it at half the size, 8x8.", "24x24")]
    [InlineData("patch", 1, 3, "Discriminator 'patch' cannot judge it at a quarter of the size, 4x4.", "24x24")]
    public void The_smallest_possible_size_is_told_and_is_the_smallest(
        string discriminator,
        int layers,
        int scales,
        string reason,
        string smallest
    )
    {
        using var folder = new TemporaryFolder();
        var options = Options(folder, 40, 16);
        (options.Discriminator, options.DiscriminatorLayers) = (discriminator, layers);
        options.DiscriminatorScales = scales;
        string message = Assert.Throws<InvalidDataException>(() => new Pix2PixTrainer(options).Train()).Message;
        Assert.StartsWith($"'{folder.File("data/train/1.png")}' is 16x16. {reason}", message);
        Assert.EndsWith($"The smallest possible size is {smallest}.", message);
        Assert.False(Directory.Exists(options.OutputFolder));

        // libtorch agrees about both.
        int side = int.Parse(smallest.Split('x')[0]);
        Train(side);
        Assert.ThrowsAny<Exception>(() => Step(side - 4));

        void Train(int least)
        {
            using var other = new TemporaryFolder();
            var good = Options(other, 40, least);
            (good.Discriminator, good.DiscriminatorLayers) = (discriminator, layers);
            good.DiscriminatorScales = scales;
            new Pix2PixTrainer(good).Train();
        }

        // What a step would make of it.
        void Step(int least)
        {
            var graph = Discriminators.Create(Options(folder, 40, 16, layers), 6);
            using var judge = new MultiScaleDiscriminator(
                "discriminator",
                Discriminators.Begin(
                    graph,
                    new Pix2PixTrainer.Options { DiscriminatorScales = scales },
                    RandomStream.Discriminator,
                    null,
                    new(TorchSharp.DeviceType.CPU)
                ),
                AdversarialObjective.LeastSquares,
                new(0.5, 0.999, 1e-8)
            );
            judge.Logits(TorchSharp.torch.zeros([1, 6, least, least]));
        }
    }

    [Fact]
    public void Images_that_the_crop_leaves_as_they_are_are_looked_at_too()
    {
        using var folder = new TemporaryFolder();
        var options = Options(folder, 40, 16);
        (options.Preprocess, options.CropSize, options.DiscriminatorLayers) = (PreprocessMode.Crop, 32, 3);
        Assert.Contains(
            "1.png' is 16x16. Discriminator 'patch' cannot judge it. The smallest possible size is 24x24.",
            Message(options)
        );
        options.CropSize = 16;
        Assert.Contains(
            "CropSize: 16x16 is too small for discriminator 'patch', which would judge images of 16x16: ",
            Assert.Throws<ArgumentOutOfRangeException>(() => new Pix2PixTrainer(options)).Message
        );
    }

    [Fact]
    public void What_resizing_makes_of_an_image_is_told_beside_its_size()
    {
        using var folder = new TemporaryFolder();
        var options = Options(folder, 80, 40, 3, 10);
        (options.Preprocess, options.LoadSize, options.CropSize) = (PreprocessMode.ScaleWidth, 64, 4);
        Assert.Contains(
            "1.png' is 40x10, and 64x16 in training. Discriminator 'patch' cannot judge it.",
            Message(options)
        );
    }

    [Fact]
    public void Unpaired_images_of_both_sets_are_looked_at()
    {
        var options = new SimGanTrainer.Options
        {
            Sources = ImageSet.FromImages([new RgbImage(40, 40), new RgbImage(36, 40)]),
            Targets = ImageSet.FromImages([new RgbImage(40, 40), new RgbImage(40, 40), new RgbImage(40, 12)]),
            Generator = "resnet-1",
            GeneratorFilters = 4,
            DiscriminatorFilters = 4,
            Preprocess = PreprocessMode.None,
        };
        string message = Assert.Throws<InvalidDataException>(() => new SimGanTrainer(options).Train()).Message;
        Assert.StartsWith("'row 2' is 40x12. Discriminator 'patch' cannot judge it.", message);
        (options.Targets, options.BatchSize) = (options.Targets.Subset([0, 1]), 2);
        Assert.StartsWith(
            "A batch needs images of one size, but 'row 0' is 40x40 and 'row 1' is 36x40",
            Assert.Throws<InvalidDataException>(() => new SimGanTrainer(options).Train()).Message
        );
    }

    [Fact]
    public void Losses_that_look_at_windows_are_asked_as_well()
    {
        var options = new RegressionTrainer.Options
        {
            Pairs = TestTensors.Pairs(2, 20),
            Generator = "plain-unet",
            GeneratorFilters = 2,
            LoadSize = 20,
            CropSize = 16,
        };
        (options.Preprocess, options.LoadSize, options.StructureWeight) = (PreprocessMode.ResizeAndCrop, 16, 1);
        (options.Generator, options.CropSize, options.Dropout) = ("unet-4", 4, false);
        Assert.Equal(
            "The crop is 4x4. Structural similarity is that of windows of 7x7. The smallest possible size is 8x8.",
            Assert.Throws<InvalidDataException>(() => new RegressionTrainer(options).Train()).Message
        );
        (options.StructureWeight, options.PerceptualWeight, options.VggWeights) = (0, 1, "vgg.pth");
        Assert.Equal(
            "The crop is 4x4. VGG16 cannot read it. The smallest possible size is 8x8.",
            Assert.Throws<InvalidDataException>(() => new RegressionTrainer(options).Train()).Message
        );
    }

    [Fact]
    public void A_pair_of_two_sizes_is_named_before_training()
    {
        using var folder = new TemporaryFolder();
        foreach (string side in (string[])["A", "B"])
        {
            string part = Directory.CreateDirectory(folder.File($"data/train{side}")).FullName;
            ImageEncoder.Save(TestTensors.Image(1, side == "A" ? 40 : 44, 40), Path.Combine(part, "1.png"));
        }
        var options = Options(folder, 40, 40);
        Assert.Contains(
            "1.png': expected two images of one size, but the source is 40x40 and the target 44x40.",
            Message(options)
        );
    }

    private static string Message(Pix2PixTrainer.Options options)
    {
        string message = Assert.Throws<InvalidDataException>(() => new Pix2PixTrainer(options).Train()).Message;
        Assert.False(Directory.Exists(options.OutputFolder));
        return message;
    }

    // A dataset of a large pair and a small one.
    private static Pix2PixTrainer.Options Options(
        TemporaryFolder folder,
        int large,
        int small,
        int layers = 3,
        int? height = null
    )
    {
        if (!Directory.Exists(folder.File("data")))
        {
            string train = Directory.CreateDirectory(folder.File("data/train")).FullName;
            ImageEncoder.Save(TestTensors.Image(1, 2 * large, large), Path.Combine(train, "0.png"));
            ImageEncoder.Save(TestTensors.Image(2, 2 * small, height ?? small), Path.Combine(train, "1.png"));
        }
        return new()
        {
            DataFolder = folder.File("data"),
            OutputFolder = folder.File("run"),
            Generator = "resnet-1",
            GeneratorFilters = 4,
            DiscriminatorFilters = 4,
            DiscriminatorLayers = layers,
            Preprocess = PreprocessMode.None,
            Epochs = 1,
            DecayEpochs = 0,
            SampleEveryEpochs = 0,
            ExportModel = false,
            FlushToDisk = false,
            Device = Transforms.TranslationDevice.Cpu,
            BadImages = BadImages.Ignore,
        };
    }
}

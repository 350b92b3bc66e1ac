using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Trainer.Tests;

public sealed class AugmentationTests
{
    private const string Script = """
        import sys
        from PIL import Image, ImageEnhance
        source, target, kind, value = sys.argv[1:]
        image = Image.open(source).convert('RGB')
        if kind == 'rotate': image = image.rotate(float(value), resample=Image.BILINEAR)
        else: image = getattr(ImageEnhance, kind)(image).enhance(float(value))
        image.save(target)
        """;

    [Theory]
    [InlineData("Brightness", 0.6)]
    [InlineData("Brightness", 1.4)]
    [InlineData("Contrast", 0.5)]
    [InlineData("Contrast", 1.5)]
    [InlineData("Color", 0.3)]
    [InlineData("Color", 1.7)]
    [InlineData("rotate", 12)]
    [InlineData("rotate", -100)]
    public void Colours_and_angles_are_Pillows(string kind, double value)
    {
        Oracle.Require("PIL");
        using var folder = new TemporaryFolder();
        var image = TestTensors.Image(3, 41, 30);
        ImageEncoder.Save(image, folder.File("in.png"));
        PythonOracle.Run(
            Script,
            folder.File("in.png"),
            folder.File("out.png"),
            kind,
            FormattableString.Invariant($"{value}")
        );
        var expected = ImageDecoder.Decode(folder.File("out.png"));
        var changed = kind switch
        {
            "Brightness" => new ColorFactors(value, 1, 1).Of(image),
            "Contrast" => new ColorFactors(1, value, 1).Of(image),
            "Color" => new ColorFactors(1, 1, value).Of(image),
            _ => new SampleWindow(0, 0, 41, 30, false) { Angle = value }.Of(image),
        };
        Assert.NotEqual(image.Pixels, changed.Pixels);
        int compared = 0;
        for (int y = 0; y < image.Height; y++)
        for (int x = 0; x < image.Width; x++)
        {
            // Pillow fills corners with black; we mirror.
            if (kind == "rotate" && (x - 20) * (x - 20) + (y - 14.5) * (y - 14.5) > 13 * 13)
                continue;
            compared++;
            for (int channel = 0; channel < 3; channel++)
            {
                int at = 3 * (y * image.Width + x) + channel;
                Assert.InRange(changed.Pixels[at] - expected.Pixels[at], -1, 1);
            }
        }
        Assert.True(compared > 400);
    }

    [Fact]
    public void Pairs_are_turned_alike_and_only_sources_change_their_colours()
    {
        PairedSamples Samples(double jitter) =>
            new(
                TestTensors.Pairs(3, 40),
                TranslationDirection.AtoB,
                new(PreprocessMode.ResizeAndCrop, 40, 24, true) { Rotation = 20, ColorJitter = jitter },
                5,
                1 << 20
            );
        PairedSamples plain = Samples(0),
            jittered = Samples(0.5);
        for (int i = 0; i < 12; i++)
        {
            Sample a = plain.Training(i % 3, i),
                b = jittered.Training(i % 3, i);
            Assert.Equal(
                TestTensors.Negative(a.Source).Pixels.Select(value => (int)value),
                a.Target.Pixels.Select(value => (int)value),
                (x, y) => Math.Abs(x - y) <= 1
            );
            Assert.Equal(a.Target.Pixels, b.Target.Pixels);
            Assert.NotEqual(a.Source.Pixels, b.Source.Pixels);
            Assert.Equal(b.Source.Pixels, jittered.Training(i % 3, i).Source.Pixels);
        }
        Assert.Equal(plain.Fixed(0).Source.Pixels, jittered.Fixed(0).Source.Pixels);
        Assert.Equal(plain.Fixed(0).Target.Pixels, jittered.Fixed(0).Target.Pixels);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_second_set_changes_its_colours_only_where_it_is_a_source(bool bothWays)
    {
        var images = ImageSet.FromImages([TestTensors.Image(1, 20, 20)]);
        UnpairedSamples Samples(double jitter) =>
            new(images, images, new(PreprocessMode.Crop, 20, 16, false) { ColorJitter = jitter }, false, 5, 1 << 20)
            {
                RecolorsTargets = bothWays,
            };
        Sample plain = Samples(0).Training(0, 3),
            jittered = Samples(0.5).Training(0, 3);
        Assert.NotEqual(plain.Source.Pixels, jittered.Source.Pixels);
        Assert.Equal(bothWays, !plain.Target.Pixels.SequenceEqual(jittered.Target.Pixels));
    }

    [Fact]
    public void What_comes_in_at_the_edges_is_the_image_mirrored()
    {
        var image = RgbImage.Filled(9, 7, 10, 200, 30);
        var turned = new SampleWindow(0, 0, 9, 7, false) { Angle = 33 }.Of(image);
        Assert.Equal(image.Pixels, turned.Pixels);
    }

    [Theory]
    [InlineData(-0.1, 0)]
    [InlineData(1.1, 0)]
    [InlineData(0, -1)]
    [InlineData(0, 181)]
    public void Values_out_of_range_are_refused(double jitter, double rotation)
    {
        var options = TinyRun.Pix2Pix(null);
        (options.ColorJitter, options.Rotation) = (jitter, rotation);
        Assert.Equal(
            rotation != 0 ? nameof(options.Rotation) : nameof(options.ColorJitter),
            Assert.Throws<ArgumentOutOfRangeException>(() => new Pix2PixTrainer(options)).ParamName
        );
    }
}

using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Transforms.Tests;

/// <summary>What sizes foreign models read: found where two runs prove it, else asked for.</summary>
public sealed class SizeTests(SizedModels models) : IClassFixture<SizedModels>
{
    private static readonly TranslationEngineOptions s_cpu = new()
    {
        Device = TranslationDevice.Cpu,
        Threads = 1,
        PixelRange = PixelRange.MinusOneToOne,
    };

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(14)]
    [InlineData(20)]
    [InlineData(28)]
    [InlineData(32)]
    [InlineData(36)]
    [InlineData(64)]
    [InlineData(112)]
    [InlineData(128)]
    [InlineData(256)]
    public void A_multiple_is_found_and_images_of_any_size_come_back(int multiple)
    {
        using var engine = new TranslationEngine(models.File($"multiple-{multiple}"), s_cpu);
        Assert.Equal(multiple, engine.SizeMultiple);
        foreach (var (width, height) in new[] { (543, 337), (1, 1), (multiple, 3) })
        {
            var image = TestImages.Make(width, height);
            Assert.Equal(image.Pixels, engine.Translate(image).Pixels);
        }
    }

    [Fact]
    public void Sides_with_unlike_multiples_get_a_common_one()
    {
        using var engine = new TranslationEngine(models.File("unlike"), s_cpu);
        Assert.Equal(10, engine.SizeMultiple);
        var image = TestImages.Make(33, 21);
        Assert.Equal(Inverted(image), engine.Translate(image).Pixels);
    }

    [Fact]
    public void A_multiple_that_was_said_is_tried_too()
    {
        using var engine = new TranslationEngine(models.File("multiple-7"), s_cpu with { SizeMultiple = 21 });
        Assert.Equal(21, engine.SizeMultiple);
        Asked(nameof(TranslationEngineOptions.SizeMultiple), "multiple-7", s_cpu with { SizeMultiple = 8 });
    }

    [Theory]
    [InlineData(64)]
    [InlineData(128)]
    [InlineData(224)]
    [InlineData(256)]
    [InlineData(512)]
    public void A_model_that_reads_one_size_only_is_no_model_of_multiples(int side)
    {
        string name = $"baked-{side}";
        Asked(nameof(TranslationEngineOptions.SizeMultiple), name, s_cpu);
        Asked(nameof(TranslationEngineOptions.SizeMultiple), name, s_cpu with { SizeMultiple = side });
        Inverts(name, new(side, side), TranslationMode.ResizeToTraining);
        Inverts(name, new(side, side), TranslationMode.ResizeToTrainingAndBack);
        // Another size than the model's is not what it reads.
        Asked(
            nameof(TranslationEngineOptions.SizeMultiple),
            name,
            s_cpu with
            {
                Mode = TranslationMode.ResizeToTraining,
                Size = new(side + 1, side),
            }
        );
    }

    [Fact]
    public void The_size_asked_for_is_width_times_height() =>
        Inverts("baked-size", new(80, 48), TranslationMode.ResizeToTrainingAndBack);

    [Theory]
    [InlineData(31, 256)]
    [InlineData(300, 256)]
    public void A_fixed_height_is_kept_and_the_width_is_free(int width, int height)
    {
        using var engine = new TranslationEngine(models.File("height-256"), s_cpu);
        Assert.Equal((256, null, 1), (engine.FixedHeight, engine.FixedWidth, engine.SizeMultiple));
        Assert.Null(engine.FixedSize);
        var image = TestImages.Make(width, height);
        Assert.Equal(Inverted(image), engine.Translate(image).Pixels);
        var other = TestImages.Make(2 * width, 2 * height);
        var fed = other.Resize(width, height);
        var expected = new RgbImage(width, height, Inverted(fed)).Resize(2 * width, 2 * height);
        Assert.Equal(expected.Pixels, engine.Translate(other).Pixels);
    }

    [Fact]
    public void The_free_side_beside_a_fixed_one_has_its_multiple()
    {
        using var engine = new TranslationEngine(models.File("width-48"), s_cpu);
        Assert.Equal((null, 48, 4), (engine.FixedHeight, engine.FixedWidth, engine.SizeMultiple));
        var image = TestImages.Make(48, 37);
        Assert.Equal(Inverted(image), engine.Translate(image).Pixels);
        using var exact = new TranslationEngine(models.File("width-48"), s_cpu with { Mode = TranslationMode.Exact });
        Assert.Equal(144 * 4, exact.Translate(TestImages.Make(48, 4)).Pixels.Length);
        Assert.Contains("multiples of 4", Assert.Throws<ArgumentException>(() => exact.Translate(image)).Message);
        Assert.Contains(
            "48x37",
            Assert.Throws<ArgumentException>(() => exact.Translate(TestImages.Make(96, 74))).Message
        );
    }

    [Theory]
    [InlineData(90, 40)]
    [InlineData(33, 100)]
    [InlineData(9, 7)]
    public void Enlarging_models_with_a_fixed_side_get_tiles(int width, int height)
    {
        using var engine = new TranslationEngine(models.File("height-40-twice"), s_cpu);
        var image = TestImages.Make(width, height);
        var result = engine.Translate(image);
        Assert.Equal((2 * width, 2 * height), (result.Width, result.Height));
        for (int y = 0; y < result.Height; y++)
        for (int x = 0; x < result.Width; x++)
            Assert.Equal(image[x / 2, y / 2], result[x, y]);
    }

    [Fact]
    public void A_size_that_the_file_rules_out_is_refused() =>
        Asked(
            nameof(TranslationEngineOptions.Size),
            "height-256",
            s_cpu with
            {
                Mode = TranslationMode.ResizeToTraining,
                Size = new(256, 128),
            }
        );

    [Theory]
    [InlineData("channels-4", "reads or writes 4")]
    [InlineData("channels-2-last", "reads or writes 2")]
    [InlineData("channels-6-fixed", "reads or writes 6")]
    [InlineData("channels-4-out", "reads or writes 6")]
    public void Other_numbers_of_channels_are_named(string model, string reason) =>
        Assert.Contains(
            reason,
            Assert.Throws<NotSupportedException>(() => new TranslationEngine(models.File(model), s_cpu)).Message
        );

    [Theory]
    [InlineData("huge", nameof(TranslationEngineOptions.MaxRunPixels))]
    [InlineData("larger-than-an-int", nameof(TranslationEngineOptions.MaxRunPixels))]
    public void Sizes_beyond_the_limit_are_refused_before_they_take_memory(string model, string option) =>
        Asked(option, model, s_cpu);

    [Fact]
    public void Limits_can_be_lowered_and_raised()
    {
        Asked(nameof(TranslationEngineOptions.MaxOperators), "many-nodes", s_cpu with { MaxOperators = 99 });
        using var allowed = new TranslationEngine(models.File("many-nodes"), s_cpu with { MaxOperators = 100 });
        using var small = new TranslationEngine(
            models.File("multiple-1"),
            s_cpu with
            {
                MaxRunPixels = 20_000,
                TilePixels = 0,
            }
        );
        Assert.Equal(
            nameof(TranslationEngineOptions.MaxRunPixels),
            Assert.Throws<ArgumentException>(() => small.Translate(TestImages.Make(201, 100))).ParamName
        );
        // What is cut into tiles has no run that large.
        using var tiled = new TranslationEngine(models.File("multiple-1"), s_cpu with { MaxRunPixels = 20_000 });
        var image = TestImages.Make(301, 200);
        Assert.Equal(image.Pixels, tiled.Translate(image).Pixels);
    }

    [Fact]
    public void A_model_that_enlarges_without_measure_is_refused() =>
        Assert.Contains(
            "1600x1600",
            Assert
                .Throws<NotSupportedException>(() => new TranslationEngine(models.File("enlarges-100"), s_cpu))
                .Message
        );

    private void Inverts(string name, ImageSize size, TranslationMode mode)
    {
        using var engine = new TranslationEngine(models.File(name), s_cpu with { Mode = mode, Size = size });
        var image = TestImages.Make(size.Width, size.Height);
        Assert.Equal(Inverted(image), engine.Translate(image).Pixels);
        var other = engine.Translate(TestImages.Make(50, 30));
        Assert.Equal(mode == TranslationMode.ResizeToTraining ? size : new(50, 30), new(other.Width, other.Height));
    }

    private void Asked(string option, string name, TranslationEngineOptions options)
    {
        string file = models.File(name);
        var failure = Assert.ThrowsAny<ArgumentException>(() => new TranslationEngine(file, options));
        Assert.Equal(option, failure.ParamName);
        Assert.Contains(option, failure.Message);
    }

    // A model of -1..1 that negates.
    private static byte[] Inverted(RgbImage image) => Array.ConvertAll(image.Pixels, value => (byte)(255 - value));
}

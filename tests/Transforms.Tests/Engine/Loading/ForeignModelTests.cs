using MlNetImageTranslation.Export;
using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Transforms.Tests;

/// <summary>
/// Models that another tool wrote (onnx's own Python helpers), each with a function simple enough to know its result.
/// </summary>
public sealed class ForeignModelTests(ForeignModels models) : IClassFixture<ForeignModels>
{
    private static readonly TranslationEngineOptions s_cpu = new() { Device = TranslationDevice.Cpu, Threads = 1 };

    [Fact]
    public void Ranges_layouts_and_element_types()
    {
        Inverts("unit", s_cpu with { PixelRange = PixelRange.ZeroToOne });
        Inverts("signed-nhwc", s_cpu with { PixelRange = PixelRange.MinusOneToOne });
        Inverts("bytes-range", s_cpu with { PixelRange = PixelRange.ZeroTo255 });
        Inverts("old-opset", s_cpu with { PixelRange = PixelRange.ZeroTo255 });
        Inverts("half", s_cpu with { PixelRange = PixelRange.ZeroToOne });
        Inverts("double", s_cpu with { PixelRange = PixelRange.ZeroToOne });
        Inverts("double-conv", s_cpu with { PixelRange = PixelRange.ZeroToOne });
        Inverts("double-inside", s_cpu with { PixelRange = PixelRange.ZeroToOne });
        Inverts("double-branch", s_cpu with { PixelRange = PixelRange.ZeroToOne });
        Inverts("batch-of-three", s_cpu with { PixelRange = PixelRange.ZeroToOne });
        Inverts("two-outputs", s_cpu with { PixelRange = PixelRange.MinusOneToOne, OutputName = "y" });
        Same("identity", s_cpu with { PixelRange = PixelRange.ZeroToOne });
        Same("bytes", s_cpu);
        Same("any-layout", s_cpu with { PixelRange = PixelRange.ZeroToOne, Layout = PixelLayout.Nhwc });
        Same(
            "both-layouts",
            s_cpu with
            {
                PixelRange = PixelRange.ZeroToOne,
                Layout = PixelLayout.Nhwc,
                Mode = TranslationMode.ResizeToTrainingAndBack,
            },
            5,
            3
        );
    }

    [Fact]
    public void Colour_order_names_the_models_first_channel()
    {
        var image = TestImages.Make(5, 4);
        using var rgb = Engine("first-channel-only", s_cpu with { PixelRange = PixelRange.ZeroToOne });
        using var bgr = Engine(
            "first-channel-only",
            s_cpu with
            {
                PixelRange = PixelRange.ZeroToOne,
                ColorOrder = ColorOrder.Bgr,
            }
        );
        var (red, blue) = (rgb.Translate(image), bgr.Translate(image));
        for (int i = 0; i < image.Pixels.Length; i++)
        {
            Assert.Equal(i % 3 == 0 ? image.Pixels[i] : 0, red.Pixels[i]);
            Assert.Equal(i % 3 == 2 ? image.Pixels[i] : 0, blue.Pixels[i]);
        }
    }

    [Theory]
    [InlineData(nameof(TranslationEngineOptions.PixelRange))]
    [InlineData(nameof(TranslationEngineOptions.Mean))]
    [InlineData(nameof(TranslationEngineOptions.Std))]
    public void Bytes_are_not_scaled_to_what_bytes_do_not_hold(string option)
    {
        var options = option switch
        {
            nameof(TranslationEngineOptions.Mean) => s_cpu with { Mean = [0.5f] },
            nameof(TranslationEngineOptions.Std) => s_cpu with { Std = [0.5f] },
            _ => s_cpu with { PixelRange = PixelRange.MinusOneToOne },
        };
        var failure = Assert.Throws<ArgumentException>(() => Engine("bytes", options));
        Assert.Equal(option, failure.ParamName);
        Assert.Contains("takes bytes", failure.Message);
        Same("bytes", s_cpu with { PixelRange = PixelRange.ZeroTo255 });
        // What this library exported has its scaling inside, and says so.
        var image = TestImages.Make(16, 16);
        byte[] own = TestModels.Export(TestModels.Convolution);
        using var plain = new TranslationEngine(own, s_cpu);
        using var told = new TranslationEngine(own, options);
        Assert.Equal(plain.Translate(image).Pixels, told.Translate(image).Pixels);
    }

    [Fact]
    public void Inputs_without_an_image_need_their_value_in_the_file()
    {
        using var engine = Engine("level-default", s_cpu with { PixelRange = PixelRange.ZeroToOne });
        Assert.Equal(128, engine.Translate(new RgbImage(2, 1, [0, 1, 2, 3, 4, 5])).Pixels[0]);
        string file = models.File("level");
        string message = Assert.Throws<NotSupportedException>(() => new TranslationEngine(file, s_cpu)).Message;
        Assert.Contains("level: float [1]", message);
        Assert.Contains("initializer", message);
    }

    [Fact]
    public void Mean_and_standard_deviation_normalise_the_input()
    {
        var image = TestImages.Make(6, 4);
        float[] mean = [0.485f, 0.456f, 0.406f],
            std = [0.229f, 0.224f, 0.225f];
        using var engine = Engine("identity", s_cpu with { Mean = mean, Std = std });
        var result = engine.Translate(image);
        for (int i = 0; i < image.Pixels.Length; i++)
        {
            double value = (image.Pixels[i] / 255.0 - mean[i % 3]) / std[i % 3] * 255;
            Assert.InRange(result.Pixels[i] - Math.Clamp(value, 0, 255), -0.51, 0.51);
        }
    }

    [Fact]
    public void Values_beyond_the_range_are_clipped_and_halves_rounded_to_even()
    {
        var image = TestImages.Make(16, 16);
        using var engine = Engine("overshoot", s_cpu with { PixelRange = PixelRange.ZeroToOne });
        Assert.Equal(image.Pixels.Select(value => (byte)Math.Min(255, value * 3)), engine.Translate(image).Pixels);
        using var half = Engine(
            "identity",
            s_cpu with
            {
                PixelRange = PixelRange.ZeroTo255,
                Std = [2],
                OutputRange = PixelRange.ZeroTo255,
            }
        );
        Assert.Equal(
            image.Pixels.Select(value => (byte)Math.Round(value / 2.0, MidpointRounding.ToEven)),
            half.Translate(image).Pixels
        );
    }

    [Fact]
    public void Gray_models_get_luma_and_give_gray()
    {
        using var engine = Engine("gray-fixed", s_cpu with { PixelRange = PixelRange.ZeroToOne });
        var image = TestImages.Make(12, 8);
        var result = engine.Translate(image);
        for (int i = 0; i < image.Pixels.Length; i++)
        {
            int at = i / 3 * 3;
            // Pillow's conversion to "L".
            int luma =
                (19595 * image.Pixels[at] + 38470 * image.Pixels[at + 1] + 7471 * image.Pixels[at + 2] + 32768) >> 16;
            Assert.Equal(255 - luma, result.Pixels[i]);
        }
        using var colour = Engine("gray-to-colour", s_cpu with { PixelRange = PixelRange.ZeroToOne });
        Assert.Equal(3, colour.Translate(image).Pixels.Length / 96);
    }

    [Theory]
    [InlineData("gray-undeclared")]
    [InlineData("gray-unnamed")]
    [InlineData("gray-without-channel")]
    [InlineData("gray-of-sequence")]
    public void A_channel_that_the_file_leaves_out_is_found(string model)
    {
        using var engine = Engine(model, s_cpu with { PixelRange = PixelRange.ZeroToOne });
        RgbImage[] images = [TestImages.Make(12, 8), TestImages.Make(12, 8, 1)];
        foreach (var (image, result) in images.Zip(engine.Translate(images)))
            for (int i = 0; i < image.Pixels.Length; i++)
            {
                int at = i / 3 * 3;
                double mean = (image.Pixels[at] + image.Pixels[at + 1] + image.Pixels[at + 2]) / 3.0;
                Assert.InRange(result.Pixels[i] - mean, -0.51, 0.51);
            }
    }

    [Theory]
    [InlineData("group-norm")]
    [InlineData("half-norm")]
    public void Norms_of_other_forms_get_the_statistics_of_the_whole_image(string model)
    {
        var options = s_cpu with { PixelRange = PixelRange.ZeroToOne, TilePixels = 48 * 48 };
        var image = TestImages.Make(160, 150);
        byte[] expected = Normalized(image, together: model == "group-norm");
        Assert.InRange(Error(0), 10, 100);
        Assert.InRange(Error(1), 0, 2);

        double Error(int passes)
        {
            using var engine = Engine(model, options with { StatisticsPasses = passes });
            return engine.Translate(image).Pixels.Zip(expected, (one, other) => Math.Abs(one - other)).Average();
        }
    }

    // 0.5 + 0.2 (x - mean) / deviation, of all channels together or of each.
    private static byte[] Normalized(RgbImage image, bool together)
    {
        double[] values = [.. image.Pixels.Select(value => value / 255.0)];
        var result = new byte[values.Length];
        for (int channel = 0; channel < 3; channel++)
        {
            double[] seen = [.. values.Where((_, i) => together || i % 3 == channel)];
            double mean = seen.Average(),
                deviation = Math.Sqrt(seen.Average(value => (value - mean) * (value - mean)) + 1e-5);
            for (int i = channel; i < values.Length; i += 3)
                result[i] = (byte)Math.Clamp(Math.Round(255 * (0.5 + 0.2 * (values[i] - mean) / deviation)), 0, 255);
        }
        return result;
    }

    [Fact]
    public void Norms_in_branches_go_by_their_tile()
    {
        var options = s_cpu with { PixelRange = PixelRange.ZeroToOne, TilePixels = 48 * 48 };
        using var alone = Engine("branch-norm", options);
        using var measured = Engine("branch-norm", options with { StatisticsPasses = 1 });
        var image = TestImages.Make(160, 150);
        Assert.Equal(alone.Translate(image).Pixels, measured.Translate(image).Pixels);
    }

    [Fact]
    public void One_channel_is_tried_where_the_file_leaves_out_how_many_are_read()
    {
        var options = s_cpu with { PixelRange = PixelRange.ZeroToOne, Layout = PixelLayout.Nchw };
        using var engine = Engine("free-gray", options);
        var image = TestImages.Make(12, 8);
        byte[] result = engine.Translate(image).Pixels;
        for (int i = 0; i < result.Length; i++)
        {
            int at = i / 3 * 3;
            double luma = 0.299 * image.Pixels[at] + 0.587 * image.Pixels[at + 1] + 0.114 * image.Pixels[at + 2];
            Assert.InRange(result[i] - luma / 2, -1, 1);
        }
    }

    [Fact]
    public void Larger_outputs_keep_their_scale()
    {
        using var engine = Engine("twice", s_cpu with { PixelRange = PixelRange.ZeroToOne });
        Assert.Equal(2, engine.Scale);
        var image = TestImages.Make(7, 5);
        var result = engine.Translate(image);
        Assert.Equal((14, 10), (result.Width, result.Height));
        for (int y = 0; y < 10; y++)
        for (int x = 0; x < 14; x++)
            Assert.Equal(image[x / 2, y / 2], result[x, y]);
        AssertSameForMLImages(engine, image, result);
    }

    [Theory]
    [InlineData(20, 16)]
    [InlineData(53, 47)]
    [InlineData(7, 90)]
    public void Enlarging_models_of_one_size_get_tiles_and_may_keep_colours(int width, int height)
    {
        using var gray = Engine("twice-gray-fixed", s_cpu with { PixelRange = PixelRange.ZeroToOne });
        using var colour = Engine(
            "twice-gray-fixed",
            s_cpu with
            {
                PixelRange = PixelRange.ZeroToOne,
                KeepColors = true,
            }
        );
        var image = TestImages.Make(width, height);
        var (grayResult, result) = (gray.Translate(image), colour.Translate(image));
        Assert.Equal((width * 2, height * 2), (result.Width, result.Height));
        AssertSameForMLImages(gray, image, grayResult);
        AssertSameForMLImages(colour, image, result);
        var resized = image.Resize(width * 2, height * 2);
        for (int y = 0; y < height * 2; y++)
        {
            for (int x = 0; x < width * 2; x++)
            {
                var (r, g, b) = image[x / 2, y / 2];
                double luma = 0.299 * r + 0.587 * g + 0.114 * b;
                Assert.InRange(grayResult[x, y].R - luma, -1.01, 1.01);
                var (r2, g2, b2) = result[x, y];
                if (r2 is 0 or 255 || g2 is 0 or 255 || b2 is 0 or 255)
                    continue;
                Assert.InRange(0.299 * r2 + 0.587 * g2 + 0.114 * b2 - luma, -2, 2);
                Assert.InRange(r2 - g2 - (resized[x, y].R - resized[x, y].G), -1, 1);
            }
        }
    }

    [Fact]
    public void Colours_are_kept_for_models_of_brightness_only() =>
        Assert.Contains(
            nameof(TranslationEngineOptions.KeepColors),
            Assert
                .Throws<ArgumentException>(() =>
                    Engine("unit", s_cpu with { PixelRange = PixelRange.ZeroToOne, KeepColors = true })
                )
                .Message
        );

    [Fact]
    public void The_size_multiple_is_found_by_trying()
    {
        using var engine = Engine("pooled", s_cpu with { PixelRange = PixelRange.ZeroToOne });
        Assert.Equal(4, engine.SizeMultiple);
        var result = engine.Translate(TestImages.Make(10, 7));
        Assert.Equal((10, 7), (result.Width, result.Height));
    }

    [Fact]
    public void Models_that_lose_their_borders_give_them()
    {
        var options = s_cpu with { PixelRange = PixelRange.ZeroToOne };
        foreach (int opset in new[] { 9, 10, 17 })
            Same($"shrinks-by-3-{opset}", options);
        Same("shrinks-by-3-17", options, 1, 1);
        Same("shrinks-by-3-17", options with { TilePixels = 900, TileOverlap = 8 }, 71, 50);
        using var engine = Engine("twice-without-border", options);
        Assert.Equal((2, 1), (engine.Scale, engine.SizeMultiple));
        var image = TestImages.Make(7, 5);
        var result = engine.Translate(image);
        for (int y = 0; y < 10; y++)
        for (int x = 0; x < 14; x++)
            Assert.Equal(image[x / 2, y / 2], result[x, y]);
    }

    [Theory]
    [InlineData("unit", nameof(TranslationEngineOptions.PixelRange))]
    [InlineData("any-layout", nameof(TranslationEngineOptions.Layout))]
    [InlineData("both-layouts", nameof(TranslationEngineOptions.Layout))]
    [InlineData("two-outputs", nameof(TranslationEngineOptions.OutputName))]
    public void What_the_file_leaves_open_names_the_option(string model, string option) =>
        Assert.Contains(option, Assert.ThrowsAny<ArgumentException>(() => Engine(model, s_cpu)).Message);

    [Theory]
    [InlineData("foreign-domain", "com.example:Secret")]
    [InlineData("features", "4 dimensions")]
    [InlineData("number-undeclared", "writes a single number: y: float []")]
    [InlineData("number-empty", "writes a single number: y: float []")]
    [InlineData("number-wrong", "writes a single number: y: float []")]
    [InlineData("vector-undeclared", "4 dimensions, or of 3 for single or gray images; this model has y: float [1]")]
    [InlineData("flat-undeclared", "this model has y: float [1, 196608]")]
    [InlineData("flat-wrong", "this model has y: float [1, 196608]")]
    [InlineData("five-undeclared", "this model has y: float [1, 1, 3, 256, 256]")]
    [InlineData("two-channels-undeclared", "reads or writes 2: y: float [1, 2, 256, 256]")]
    public void Models_that_cannot_run_here_are_refused(string model, string reason) =>
        Assert.Contains(
            reason,
            Assert
                .Throws<NotSupportedException>(() => Engine(model, s_cpu with { PixelRange = PixelRange.ZeroToOne }))
                .Message
        );

    [Fact]
    public void Values_in_another_file_are_read() =>
        Inverts("external", s_cpu with { PixelRange = PixelRange.ZeroToOne });

    [Fact]
    public void Means_must_fit_the_channels() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Engine("unit", s_cpu with { Mean = [0, 0] }));

    private TranslationEngine Engine(string name, TranslationEngineOptions options) => new(models.File(name), options);

    private static void AssertSameForMLImages(TranslationEngine engine, RgbImage image, RgbImage result)
    {
        using var mlImage = image.ToMLImage();
        using var mlResult = engine.Translate(mlImage);
        Assert.Equal((result.Width, result.Height), (mlResult.Width, mlResult.Height));
        Assert.Equal(result.Pixels, TestFolder.Pixels(mlResult));
    }

    private void Inverts(string name, TranslationEngineOptions options) =>
        Gives(name, options, value => (byte)(255 - value), 9, 6);

    private void Same(string name, TranslationEngineOptions options, int width = 9, int height = 6) =>
        Gives(name, options, value => value, width, height);

    private void Gives(string name, TranslationEngineOptions options, Func<byte, byte> expected, int width, int height)
    {
        using var engine = Engine(name, options);
        RgbImage[] images = [.. Enumerable.Range(0, 4).Select(seed => TestImages.Make(width, height, seed))];
        var results = engine.Translate(images);
        int tolerance = name == "half" ? 1 : 0;
        for (int i = 0; i < images.Length; i++)
            Assert.All(
                images[i].Pixels.Zip(results[i].Pixels),
                pair => Assert.InRange(expected(pair.First) - pair.Second, -tolerance, tolerance)
            );
    }
}

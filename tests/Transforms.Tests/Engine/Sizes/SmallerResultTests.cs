using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Transforms.Tests;

/// <summary>Models that make smaller images: a whole number of times, rounded up to whole pixels.</summary>
public sealed class SmallerResultTests(SmallerModels models) : IClassFixture<SmallerModels>
{
    private static readonly TranslationEngineOptions s_cpu = new()
    {
        Device = TranslationDevice.Cpu,
        Threads = 1,
        PixelRange = PixelRange.ZeroToOne,
    };

    public static TheoryData<string, int, int> Models =>
        new()
        {
            { "average-2", 2, 2 },
            { "strides-4", 4, 4 },
            { "valid-3", 3, 3 },
            { "deep-2", 8, 2 },
        };

    [Theory, MemberData(nameof(Models))]
    public void Are_what_torch_makes_of_the_padded_image(string name, int multiple, int reduction)
    {
        using var engine = new TranslationEngine(models.File(name), s_cpu);
        Assert.Equal((1, reduction, multiple), (engine.Scale, engine.Reduction, engine.SizeMultiple));
        foreach (var (width, height) in SmallerModels.Sizes)
        {
            var image = TestImages.Make(width, height);
            var result = engine.Translate(image);
            var size = engine.ResultSize(new(width, height));
            Assert.Equal(((width - 1) / reduction + 1, (height - 1) / reduction + 1), (size.Width, size.Height));
            Assert.Equal((size.Width, size.Height), (result.Width, result.Height));
            AssertClose(models.Expected(name, width, height), result.Pixels);
            using var mlImage = image.ToMLImage();
            using var mlResult = engine.Translate(mlImage);
            Assert.Equal(result.Pixels, TestFolder.Pixels(mlResult));
        }
    }

    [Theory, MemberData(nameof(Models))]
    public void Are_the_same_in_tiles_and_in_16_bits(string name, int multiple, int reduction)
    {
        Assert.Equal(0, multiple % reduction);
        using var tiled = new TranslationEngine(
            models.File(name),
            s_cpu with
            {
                TilePixels = 64 * 64,
                TileOverlap = 32,
            }
        );
        foreach (var (width, height) in SmallerModels.Sizes)
        {
            var image = TestImages.Make(width, height);
            byte[] expected = models.Expected(name, width, height);
            AssertClose(expected, tiled.Translate(image).Pixels);
            var wide = tiled.Translate(
                new RgbImage16(width, height, Array.ConvertAll(image.Pixels, value => (ushort)(value * 257)))
            );
            AssertClose(expected, Array.ConvertAll(wide.Pixels, value => (byte)Math.Round(value / 257.0)));
        }
    }

    [Theory, MemberData(nameof(Models))]
    public void Come_from_saved_pipelines_too(string name, int multiple, int reduction)
    {
        var image = TestImages.Make(65, 97);
        Assert.NotEqual(0, image.Width % multiple);
        using var folder = new TemporaryFolder();
        ImageEncoder.Save(image, folder.File("photo.png"));
        var context = new MLContext(1);
        var data = context.Data.LoadFromEnumerable([new { File = "photo.png" }]);
        var options = new ImageTranslationOptions
        {
            OutputColumnName = "Result",
            InputColumnName = "Photo",
            ModelFile = models.File(name),
            Device = TranslationDevice.Cpu,
            PixelRange = PixelRange.ZeroToOne,
        };
        using (
            var model = context
                .Transforms.LoadImages("Photo", folder.Path, "File")
                .Append(context.Transforms.ResizeImages("Photo", image.Width, image.Height))
                .Append(context.Transforms.TranslateImage(options))
                .Fit(data)
        )
            context.Model.Save(model, data.Schema, folder.File("model.zip"));
        using var loaded = (IDisposable)context.Model.Load(folder.File("model.zip"), out _);
        using var result = ((ITransformer)loaded).Transform(data).GetColumn<MLImage>("Result").Single();
        Assert.Equal((64 / reduction + 1, 96 / reduction + 1), (result.Width, result.Height));
        AssertClose(models.Expected(name, image.Width, image.Height), RgbImage.FromMLImage(result).Pixels);
    }

    [Fact]
    public void Of_a_model_of_one_size_have_their_part_of_the_images_size()
    {
        using var engine = new TranslationEngine(models.File("fixed-2"), s_cpu);
        Assert.Equal((2, 60, 40), (engine.Reduction, engine.FixedWidth, engine.FixedHeight));
        var own = engine.Translate(TestImages.Make(60, 40));
        Assert.Equal((30, 20), (own.Width, own.Height));
        var other = engine.Translate(TestImages.Make(91, 33));
        Assert.Equal((46, 17), (other.Width, other.Height));
    }

    [Theory]
    [InlineData("times-1.5", "672x336")]
    [InlineData("by-1.5", "298x149")]
    [InlineData("one-side", "448x448")]
    [InlineData("fixed-1.5", "90x60")]
    public void Are_refused_where_the_factor_is_no_whole_number(string name, string result)
    {
        string file = models.File(name);
        string message = Assert.Throws<NotSupportedException>(() => new TranslationEngine(file, s_cpu)).Message;
        Assert.Contains(result, message);
        Assert.Contains("a whole number of times", message);
        Assert.DoesNotContain("multiple", message);
    }

    [Fact]
    public void That_lack_a_border_are_refused_with_their_size()
    {
        string file = models.File("without-border");
        var failure = Assert.Throws<ArgumentException>(() => new TranslationEngine(file, s_cpu));
        Assert.Equal(nameof(TranslationEngineOptions.SizeMultiple), failure.ParamName);
        Assert.Contains("it makes 222x110 of an image of 448x224", failure.Message);
    }

    private static void AssertClose(byte[] expected, byte[] result) =>
        Assert.All(expected.Zip(result), pair => Assert.InRange(pair.First - pair.Second, -1, 1));
}

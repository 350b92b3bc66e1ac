using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Transforms.Tests;

/// <summary>MLImages are read where they are, and give what the same pixels give as RGB.</summary>
public sealed class MLImageTests : IDisposable
{
    private readonly MLContext _context = new(1);
    private readonly TestFolder _folder = new();

    public static TheoryData<int, int> Sizes =>
        new()
        {
            { 16, 12 },
            { 17, 12 },
            { 16, 13 },
            { 1, 1 },
            { 1, 9 },
            { 9, 1 },
            { 2, 31 },
            { 33, 18 },
        };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Sizes))]
    public void All_sizes_and_formats_give_what_RGB_gives(int width, int height)
    {
        using var engine = Engine(new());
        foreach (var format in (MLPixelFormat[])[MLPixelFormat.Bgra32, MLPixelFormat.Rgba32])
        foreach (bool isOpaque in (bool[])[true, false])
        {
            using var image = Image(width, height, format, isOpaque);
            byte[] before = [.. image.Pixels];
            using var result = engine.Translate(image);
            Assert.Equal(before, image.Pixels);
            Assert.Equal((width, height), (result.Width, result.Height));
            Same(engine.Translate(RgbImage.FromMLImage(image)), result);
        }
    }

    [Theory]
    [InlineData("tiles")]
    [InlineData("statistics")]
    [InlineData("resized")]
    [InlineData("resized and back")]
    [InlineData("alpha")]
    public void What_needs_RGB_gives_what_RGB_gives(string what)
    {
        var options = new TranslationEngineOptions { TilePixels = 0 };
        if (what is "tiles" or "statistics")
            (options.TilePixels, options.TileOverlap) = (24 * 24, 4);
        if (what == "statistics")
            options.StatisticsPasses = 1;
        if (what.StartsWith("resized", StringComparison.Ordinal))
        {
            options.Mode =
                what == "resized" ? TranslationMode.ResizeToTraining : TranslationMode.ResizeToTrainingAndBack;
            options.Size = new(20, 20);
        }
        options.KeepAlpha = what == "alpha";
        byte[] model = TestModels.Export(what == "statistics" ? TestModels.Normalized : TestModels.Strided);
        using var engine = Engine(options, model);
        foreach (bool isOpaque in (bool[])[true, false])
        {
            using var image = Image(50, 45, MLPixelFormat.Bgra32, isOpaque);
            using var result = engine.Translate(image);
            using var expected = engine.Translate(RgbImage.FromMLImage(image, options.KeepAlpha)).ToMLImage();
            Assert.Equal((expected.Width, expected.Height), (result.Width, result.Height));
            Assert.Equal(expected.Pixels, result.Pixels);
            Assert.Equal(
                what == "alpha" && !isOpaque,
                result.Pixels[3..].ToArray().Where((_, i) => i % 4 == 0).Any(a => a < 255)
            );
        }
    }

    [Fact]
    public void An_image_costs_its_result_and_no_other_copy()
    {
        const int Side = 256;
        using var model = _context
            .Transforms.TranslateImage("Map", "Photo", _folder.Model)
            .Fit(_context.Data.LoadFromEnumerable<Row>([]));
        using var predictor = _context.Model.CreatePredictionEngine<Row, Mapped>(model);
        using var image = Image(Side, Side);
        Check(() => model.Engine.Translate(image));
        Check(() => predictor.Predict(new() { Photo = image }).Map);

        static void Check(Func<MLImage> translate)
        {
            translate().Dispose();
            long before = GC.GetAllocatedBytesForCurrentThread();
            translate().Dispose();
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            // The four bytes a pixel that MLImage copies its own from.
            Assert.InRange(allocated, Side * Side * 4, Side * Side * 5);
        }
    }

    [Fact]
    public void A_disposed_image_is_refused()
    {
        using var engine = Engine(new());
        var image = Image(16, 16);
        image.Dispose();
        Assert.Throws<InvalidOperationException>(() => engine.Translate(image));
    }

    [Theory]
    [InlineData(TranslationScheduling.Latency, 1)]
    [InlineData(TranslationScheduling.Throughput, 4)]
    public void Callers_who_dispose_their_images_at_once_get_their_own_results(
        TranslationScheduling scheduling,
        int batch
    )
    {
        using var engine = Engine(
            new()
            {
                Scheduling = scheduling,
                BatchSize = batch,
                Threads = 2,
            },
            TestModels.Export(TestModels.Normalized)
        );
        byte[][] expected =
        [
            .. Enumerable.Range(0, 6).Select(i => engine.Translate(TestImages.Make(10 + i / 2, 9, i)).Pixels),
        ];
        Parallel.For(
            0,
            200,
            new() { MaxDegreeOfParallelism = 8 },
            k =>
            {
                int i = k % expected.Length;
                MLImage result;
                using (var image = TestImages.Make(10 + i / 2, 9, i).ToMLImage())
                    result = engine.Translate(image);
                using (result)
                    Assert.Equal(expected[i], TestFolder.Pixels(result));
            }
        );
    }

    [Theory]
    [InlineData(null)]
    [InlineData(3)]
    public void Users_may_dispose_the_image_of_a_row_when_the_next_is_asked_for(int? batch)
    {
        using var model = _context
            .Transforms.TranslateImage(
                new ImageTranslationOptions
                {
                    OutputColumnName = "Map",
                    InputColumnName = "Photo",
                    ModelFile = _folder.Model,
                    BatchSize = batch,
                    Device = TranslationDevice.Cpu,
                }
            )
            .Fit(_context.Data.LoadFromEnumerable<Row>([]));
        var view = model.Transform(_context.Data.LoadFromEnumerable(Rows()));
        int i = 0;
        foreach (var map in view.GetColumn<MLImage>("Map"))
            using (map)
                Same(model.Engine.Translate(TestImages.Make(9 + i % 3, 9, i++)), map);
        Assert.Equal(20, i);

        static IEnumerable<Row> Rows()
        {
            for (int row = 0; row < 20; row++)
                using (var photo = TestImages.Make(9 + row % 3, 9, row).ToMLImage())
                    yield return new() { Photo = photo };
        }
    }

    [Fact]
    public void Results_of_a_row_outlive_its_image_and_are_the_readers_own()
    {
        using var model = _context
            .Transforms.TranslateImage("Map", "Photo", _folder.Model)
            .Fit(_context.Data.LoadFromEnumerable<Row>([]));
        using var predictor = _context.Model.CreatePredictionEngine<Row, Mapped>(model);
        foreach (var (width, height) in ((int, int)[])[(16, 16), (9, 13), (1, 6)])
        {
            MLImage result;
            using (var photo = Image(width, height, MLPixelFormat.Rgba32, isOpaque: false))
            {
                result = predictor.Predict(new() { Photo = photo }).Map;
                Same(model.Engine.Translate(RgbImage.FromMLImage(photo)), result);
            }
            result.Dispose();
        }

        var data = _context.Data.LoadFromEnumerable([new Row { Photo = Image(9, 9) }]);
        var mapper = ((ITransformer)model).GetRowToRowMapper(data.Schema);
        using var cursor = data.GetRowCursor(data.Schema);
        using var row = mapper.GetRow(cursor, mapper.OutputSchema);
        Assert.True(cursor.MoveNext());
        var getter = row.GetGetter<MLImage>(mapper.OutputSchema["Map"]);
        MLImage first = null!,
            second = null!;
        getter(ref first);
        byte[] pixels = TestFolder.Pixels(first);
        first.Dispose();
        getter(ref second);
        Assert.Equal(pixels, TestFolder.Pixels(second));
        second.Dispose();
    }

    private static TranslationEngine Engine(TranslationEngineOptions options, byte[]? model = null) =>
        new(
            model ?? TestModels.Export(TestModels.Strided),
            options with
            {
                Device = TranslationDevice.Cpu,
                Threads = options.Threads ?? 1,
            }
        );

    private static MLImage Image(
        int width,
        int height,
        MLPixelFormat format = MLPixelFormat.Bgra32,
        bool isOpaque = true
    )
    {
        var pixels = new byte[width * height * 4];
        new Random(width * 100 + height).NextBytes(pixels);
        for (int i = 0; i < pixels.Length; i += 4)
            if (isOpaque)
                pixels[i + 3] = 255;
            else
                for (int channel = 0; channel < 3; channel++)
                    // Multiplied by alpha, as ML.NET has them.
                    pixels[i + channel] = Math.Min(pixels[i + channel], pixels[i + 3]);
        return MLImage.CreateFromPixels(width, height, format, pixels);
    }

    private static void Same(RgbImage expected, MLImage result)
    {
        Assert.Equal((expected.Width, expected.Height), (result.Width, result.Height));
        Assert.Equal(MLPixelFormat.Bgra32, result.PixelFormat);
        for (int i = 0; i < expected.Pixels.Length / 3; i++)
            Assert.Equal(
                (expected.Pixels[i * 3], expected.Pixels[i * 3 + 1], expected.Pixels[i * 3 + 2], 255),
                (result.Pixels[i * 4 + 2], result.Pixels[i * 4 + 1], result.Pixels[i * 4], result.Pixels[i * 4 + 3])
            );
    }

    private sealed class Row
    {
        [AnySizeImageType]
        public MLImage Photo { get; set; } = null!;
    }

    private sealed class Mapped
    {
        [AnySizeImageType]
        public MLImage Map { get; set; } = null!;
    }
}

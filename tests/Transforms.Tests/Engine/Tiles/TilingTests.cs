using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Networks;

namespace MlNetImageTranslation.Transforms.Tests;

public sealed class TilingTests
{
    private static readonly TranslationEngineOptions s_cpu = new() { Device = TranslationDevice.Cpu, Threads = 1 };

    [Theory]
    [InlineData(200, 150, 64 * 64)]
    [InlineData(131, 67, 48 * 48)]
    [InlineData(200, 9, 48 * 48)]
    [InlineData(7, 210, 48 * 48)]
    public void Tiles_give_what_the_whole_gives(int width, int height, int tilePixels)
    {
        foreach (var graph in new[] { TestModels.Convolution, TestModels.Strided })
        {
            var bytes = TestModels.Export(graph);
            using var whole = new TranslationEngine(bytes, s_cpu with { TilePixels = 0 });
            using var tiled = new TranslationEngine(
                bytes,
                s_cpu with
                {
                    TilePixels = tilePixels,
                    TileOverlap = whole.Card!.ReceptiveField is { } field ? field * 4 / 3 + 1 : 32,
                }
            );
            var image = TestImages.Make(width, height);
            var (expected, result) = (whole.Translate(image), tiled.Translate(image));
            Assert.Equal((width, height), (result.Width, result.Height));
            Assert.All(expected.Pixels.Zip(result.Pixels), pair => Assert.InRange(pair.First - pair.Second, -2, 2));
        }
    }

    [Fact]
    public void Parallel_tiles_are_the_same()
    {
        var bytes = TestModels.Export(TestModels.Normalized);
        using var one = new TranslationEngine(bytes, s_cpu with { TilePixels = 1024 });
        using var many = new TranslationEngine(
            bytes,
            s_cpu with
            {
                TilePixels = 1024,
                ParallelRuns = 2,
                Threads = 2,
                BatchSize = 3,
            }
        );
        var image = TestImages.Make(90, 70);
        Assert.Equal(one.Translate(image).Pixels, many.Translate(image).Pixels);
    }

    [Fact]
    public void Only_images_above_the_budget_are_cut()
    {
        // Instance norm sees the whole image, so tiles give something else.
        var bytes = TestModels.Export(TestModels.Normalized);
        using var whole = new TranslationEngine(bytes, s_cpu with { TilePixels = 0 });
        using var tiled = new TranslationEngine(bytes, s_cpu with { TilePixels = 40 * 40 });
        var (small, large) = (TestImages.Make(40, 40), TestImages.Make(41, 40));
        Assert.Equal(whole.Translate(small).Pixels, tiled.Translate(small).Pixels);
        Assert.NotEqual(whole.Translate(large).Pixels, tiled.Translate(large).Pixels);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Statistics_of_the_whole_image_make_tiles_of_instance_norms_agree(int passes)
    {
        var bytes = TestModels.Export(TestModels.Normalized);
        using var whole = new TranslationEngine(bytes, s_cpu with { TilePixels = 0 });
        using var alone = new TranslationEngine(bytes, s_cpu with { TilePixels = 48 * 48 });
        using var measured = new TranslationEngine(
            bytes,
            s_cpu with
            {
                TilePixels = 48 * 48,
                StatisticsPasses = passes,
            }
        );
        // Slopes from corner to corner: every tile has another mean.
        var image = TestImages.Make(160, 150);
        var expected = whole.Translate(image);
        double before = ImageScores.MeanAbsoluteError(expected, alone.Translate(image)),
            after = ImageScores.MeanAbsoluteError(expected, measured.Translate(image));
        Assert.True(before > 10, $"own statistics: {before}");
        Assert.True(after < 1, $"the image's statistics: {after}");
        var small = TestImages.Make(30, 30);
        Assert.Equal(whole.Translate(small).Pixels, measured.Translate(small).Pixels);
    }

    [Fact]
    public void Every_pass_over_a_deep_network_gets_one_more_norm_right()
    {
        // Thirteen norms: an early one that is a little off grows through all that follow.
        var bytes = TestModels.Export(
            NetworkCatalog.Create(
                new NetworkOptions
                {
                    Architecture = "resnet-4",
                    Filters = 4,
                    Norm = NormalizationKind.Instance,
                }
            )
        );
        using var whole = new TranslationEngine(bytes, s_cpu with { TilePixels = 0 });
        var image = TestImages.Make(150, 120);
        var expected = whole.Translate(image);
        double Error(int passes)
        {
            using var tiled = new TranslationEngine(
                bytes,
                s_cpu with
                {
                    TilePixels = 80 * 80,
                    StatisticsPasses = passes,
                }
            );
            return ImageScores.MeanAbsoluteError(expected, tiled.Translate(image));
        }
        // What is left at the end comes of the borders of tiles this small, which count among what they measure.
        double none = Error(0),
            first = Error(1),
            half = Error(6),
            all = Error(13);
        Assert.True(first < 0.5 * none && half < 0.8 * first && all < half, $"{none}, {first}, {half}, {all}");
    }

    [Theory]
    [InlineData(100, 32, 16, 4, 1)]
    [InlineData(101, 32, 10, 1, 2)]
    [InlineData(32, 32, 16, 4, 1)]
    [InlineData(36, 32, 16, 4, 3)]
    [InlineData(1000, 64, 7, 1, 1)]
    public void The_shares_of_all_tiles_sum_up_to_one(int length, int tile, int overlap, int align, int scale)
    {
        var layout = new TileLayout(length, tile, overlap, align, scale);
        var sums = new double[length * scale];
        for (int i = 0; i < layout.Starts.Length; i++)
        {
            Assert.True(layout.Starts[i] % align == 0 || i == layout.Starts.Length - 1);
            var weights = layout.Weights(i);
            for (int k = 0; k < weights.Length; k++)
                sums[layout.Starts[i] * scale + k] += weights[k];
        }
        Assert.All(sums, sum => Assert.Equal(1, sum, 1e-5));
        Assert.Equal(length - layout.Tile, layout.Starts[^1]);
    }

    [Fact]
    public void Larger_outputs_are_tiled_too()
    {
        var layout = new TileLayout(50, 20, 8, 1, 2);
        Assert.Equal(40, layout.Weights(0).Length);
        Assert.Equal(30, layout.Starts[^1]);
    }
}

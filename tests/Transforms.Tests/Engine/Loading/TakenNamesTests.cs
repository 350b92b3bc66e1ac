namespace MlNetImageTranslation.Transforms.Tests;

/// <summary>What a model calls its values changes nothing.</summary>
public sealed class TakenNamesTests(TakenNames models) : IClassFixture<TakenNames>
{
    private static readonly TranslationEngineOptions s_signed = new()
    {
        Device = TranslationDevice.Cpu,
        Threads = 1,
        PixelRange = PixelRange.MinusOneToOne,
    };

    [Theory]
    [InlineData("adapter", "plain")]
    [InlineData("other_way", "plain")]
    [InlineData("columns", "plain")]
    [InlineData("native", "plain_native")]
    public void Names_that_rewriters_would_give_make_no_difference(string name, string plain)
    {
        var range = name == "native" ? null : s_signed.PixelRange;
        var options = s_signed with { PixelRange = range };
        var tiled = options with { TilePixels = 48 * 48, StatisticsPasses = 2 };
        var image = TestImages.Make(110, 90);
        foreach (var variant in (TranslationEngineOptions[])[options, tiled])
        {
            using var expected = new TranslationEngine(models.File(plain), variant);
            using var actual = new TranslationEngine(models.File(name), variant);
            byte[] pixels = expected.Translate(image).Pixels;
            Assert.True(pixels.Distinct().Count() > 50);
            Assert.Equal(pixels, actual.Translate(image).Pixels);
            Assert.Equal(expected.ObserveOutput([image]), actual.ObserveOutput([image]));
        }
    }

    [Theory]
    [InlineData("adapter")]
    [InlineData("columns")]
    public void They_make_no_difference_in_a_saved_pipeline(string name) =>
        StockPipeline.AssertTranslatesLike(models.File(name), models.File("plain"), s_signed);
}

namespace MlNetImageTranslation.Transforms.Tests;

/// <summary>
/// Layers of all kinds give what torch gives: as the file says and rewritten, on one thread and on two, as a whole and,
/// where a pixel depends on its surroundings only, in tiles.
/// </summary>
public sealed class VariedModelTests(VariedModels models) : IClassFixture<VariedModels>
{
    private static readonly TranslationEngineOptions s_cpu = new()
    {
        Device = TranslationDevice.Cpu,
        Threads = 1,
        PixelRange = PixelRange.MinusOneToOne,
    };

    private static readonly TranslationEngineOptions s_tiled = s_cpu with { TilePixels = 64 * 64, TileOverlap = 32 };

    [Theory]
    [InlineData("bicubic", true)]
    [InlineData("bilinear-old", true)]
    [InlineData("sized-by-shape", false)]
    [InlineData("constant-pad", true)]
    [InlineData("output-padding", true)]
    [InlineData("groups", true)]
    [InlineData("dilated", true)]
    [InlineData("wide", true)]
    [InlineData("group-norm", false)]
    [InlineData("layer-norm", true)]
    [InlineData("reduced-norm", false)]
    [InlineData("squeezed", false)]
    [InlineData("attention", false)]
    [InlineData("rows", false)]
    public void Give_what_torch_gives(string name, bool isLocal)
    {
        string file = models.File(name);
        TranslationEngineOptions[] ways =
        [
            s_cpu,
            s_cpu with
            {
                Threads = 2,
            },
            s_cpu with
            {
                ConvolutionAlgorithm = ConvolutionAlgorithm.Direct,
            },
            .. isLocal ? (TranslationEngineOptions[])[s_tiled] : [],
        ];
        foreach (var options in ways)
        {
            using var engine = new TranslationEngine(file, options);
            foreach (var (width, height) in VariedModels.Sizes)
            {
                byte[] expected = models.Expected(name, width, height);
                byte[] result = engine.Translate(TestImages.Make(width, height)).Pixels;
                Assert.Equal(expected.Length, result.Length);
                Assert.All(expected.Zip(result), pair => Assert.InRange(pair.First - pair.Second, -1, 1));
                // A model that gives one colour would prove nothing.
                Assert.True(expected.Distinct().Count() > 50);
            }
        }
    }
}

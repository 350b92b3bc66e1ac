using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Networks;

namespace MlNetImageTranslation.Transforms.Tests;

/// <summary>Images smaller than what networks can reflect inside of themselves.</summary>
public sealed class SmallImageTests
{
    private static readonly TranslationEngineOptions s_cpu = new() { Device = TranslationDevice.Cpu, Threads = 1 };

    [Theory]
    [InlineData("resnet-2", NormalizationKind.Instance)]
    [InlineData("resnet-2", NormalizationKind.Batch)]
    [InlineData("unet-8", NormalizationKind.Instance)]
    [InlineData("unet-64", NormalizationKind.Batch)]
    [InlineData("encoder-decoder-16", NormalizationKind.Batch)]
    [InlineData("plain-unet", null)]
    [InlineData("keras-resnet-6", null)]
    public void Any_size_goes_through_every_generator(string architecture, NormalizationKind? norm)
    {
        using var engine = new TranslationEngine(TestModels.Export(Generator(architecture, norm)), s_cpu);
        foreach (var (width, height) in new[] { (1, 1), (3, 2), (1, 150), (70, 2), (17, 65) })
        {
            var result = engine.Translate(TestImages.Make(width, height));
            Assert.Equal((width, height), (result.Width, result.Height));
        }
    }

    [Fact]
    public void A_small_image_is_reflected_until_the_network_reads_it()
    {
        using var engine = new TranslationEngine(
            TestModels.Export(Generator("resnet-1", NormalizationKind.None)),
            s_cpu
        );
        var image = TestImages.Make(3, 2);
        // A side of 4 leaves a single pixel in the middle of the network, which cannot be reflected.
        var padding = engine.Padding(new(3, 2));
        Assert.Equal((8, 8), (padding.PaddedHeight, padding.PaddedWidth));
        var padded = new RgbImage(8, 8);
        padding.Pad(image.Pixels, padded.Pixels);
        Assert.Equal(
            engine.Translate(padded).Crop(padding.Left, padding.Top, 3, 2).Pixels,
            engine.Translate(image).Pixels
        );
        Assert.Equal(64, engine.Padding(new(64, 64)).PaddedHeight);
        Assert.Equal(12, engine.Padding(new(64, 9)).PaddedHeight);
    }

    private static NetworkGraph Generator(string architecture, NormalizationKind? norm) =>
        NetworkCatalog.Create(
            new NetworkOptions
            {
                Architecture = architecture,
                Filters = 4,
                Norm = norm,
                Size = architecture.StartsWith("keras") ? 32 : null,
            }
        );
}

using Microsoft.ML.OnnxRuntime;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Networks;

namespace MlNetImageTranslation.Transforms.Tests;

/// <summary>An engine that computes convolutions with fewer multiplications gives the same images, within one level.</summary>
public sealed class ConvolutionAlgorithmTests
{
    // Wide enough for both of its inner convolutions to be rewritten.
    private static readonly byte[] s_model = TestModels.Export(
        new NetworkBuilder("test-wide", new TensorShape(3, 64, 64))
            .Convolution("first", 160, 1)
            .Normalization("norm1", NormalizationKind.Instance)
            .Relu("relu1")
            .Pad("pad", new Padding(1, 1, 1, 1), PaddingMode.Reflect)
            .Convolution("second", 160, 3)
            .Normalization("norm2", NormalizationKind.Instance)
            .Relu("relu2")
            .Convolution("third", 160, 3, 1, new Padding(1, 1, 1, 1))
            .Normalization("norm3", NormalizationKind.Instance)
            .Convolution("last", 3, 1)
            .Tanh("out")
            .Build()
    );

    [Theory]
    [InlineData(64, 64)]
    [InlineData(37, 90)]
    [InlineData(5, 6)]
    public void Auto_differs_from_direct_by_one_level_at_most(int width, int height)
    {
        using var auto = Engine(ConvolutionAlgorithm.Auto);
        using var direct = Engine(ConvolutionAlgorithm.Direct);
        Assert.True(auto.Model.AddedBytesPerPixel > 0);
        Assert.Equal(0, direct.Model.AddedBytesPerPixel);
        // Several at a time: by the session for one image, and by the one for many.
        RgbImage[] images = [TestImages.Make(width, height), TestImages.Make(width, height, 1)];
        AssertClose(direct.Translate(images[0]), auto.Translate(images[0]));
        foreach (var (expected, actual) in direct.Translate(images).Zip(auto.Translate(images)))
            AssertClose(expected, actual);
    }

    [Fact]
    public void Small_networks_stay_as_they_are()
    {
        using var engine = new TranslationEngine(
            TestModels.Export(TestModels.Convolution),
            new() { Device = TranslationDevice.Cpu }
        );
        Assert.Equal(0, engine.Model.AddedBytesPerPixel);
    }

    [Fact]
    public void A_session_that_does_not_open_is_opened_over_the_model_as_it_is()
    {
        var options = new TranslationEngineOptions { Device = TranslationDevice.Cpu };
        var model = EngineModel.FromBytes(s_model, options);
        int calls = 0;
        using var session = CpuSession.Open(
            model,
            options,
            null,
            bytes =>
            {
                calls++;
                return bytes is null
                    ? new InferenceSession(s_model)
                    : throw new InvalidOperationException("Out of memory.");
            }
        );
        Assert.Equal(2, calls);
        Assert.Equal(0, model.AddedBytesPerPixel);
    }

    [Fact]
    public void Other_values_are_refused()
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => Engine((ConvolutionAlgorithm)99));
        Assert.Contains("Auto or Direct", exception.Message);
    }

    private static TranslationEngine Engine(ConvolutionAlgorithm algorithm) =>
        new(
            s_model,
            new()
            {
                Device = TranslationDevice.Cpu,
                Threads = 2,
                ConvolutionAlgorithm = algorithm,
            }
        );

    private static void AssertClose(RgbImage expected, RgbImage actual)
    {
        Assert.Equal((expected.Width, expected.Height), (actual.Width, actual.Height));
        for (int i = 0; i < expected.Pixels.Length; i++)
            Assert.InRange(actual.Pixels[i] - expected.Pixels[i], -1, 1);
    }
}

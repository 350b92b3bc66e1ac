using MlNetImageTranslation.Export;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Transforms;
using MlNetImageTranslation.Transforms.Tests;

namespace MlNetImageTranslation.Evaluation.Tests;

public sealed class ImageNetworkTests(EvaluationModels models) : IClassFixture<EvaluationModels>
{
    private static double Mean(RgbImage image, int channel) =>
        Enumerable.Range(0, image.Pixels.Length / 3).Average(i => image.Pixels[3 * i + channel]);

    [Fact]
    public void Features_are_fed_as_the_options_say()
    {
        var images = Enumerable.Range(0, 5).Select(i => TestImages.Make(8, 8, i)).ToArray();
        using var network = new FeatureNetwork(
            new()
            {
                ModelFile = models.File("mean-color"),
                BatchSize = 2,
                ColorOrder = ColorOrder.Bgr,
                Mean = [0.1f, 0.2f, 0.3f],
                Std = [0.5f],
            }
        );
        var features = new FeatureSet();
        network.AddTo(features, images);
        Assert.Equal((5, 3), (features.Count, features.Dimension));
        for (int i = 0; i < 5; i++)
        for (int c = 0; c < 3; c++)
            Assert.Equal((Mean(images[i], 2 - c) / 255 - 0.1 * (c + 1)) / 0.5, features[i][c], 1e-4);
        Assert.Equal("mean-color.onnx, 8x8 Bicubic", network.Protocol);
    }

    [Fact]
    public void Images_are_resized_with_the_filter_to_the_networks_size()
    {
        var image = TestImages.Make(21, 13);
        using var network = new FeatureNetwork(
            new()
            {
                ModelFile = models.File("mean-color"),
                Range = PixelRange.ZeroTo255,
                Filter = ResizeFilter.Bilinear,
            }
        );
        var features = new FeatureSet();
        network.AddTo(features, [image]);
        Assert.Equal(Mean(image.Resize(8, 8, ResizeFilter.Bilinear), 1), features[0][1], 1e-3);
    }

    [Fact]
    public void Bytes_channels_last_and_maps_of_features_are_averaged()
    {
        RgbImage wide = TestImages.Make(9, 4),
            tall = TestImages.Make(3, 7);
        using var network = new FeatureNetwork(new() { ModelFile = models.File("places") });
        var features = new FeatureSet();
        network.AddTo(features, [wide, tall]);
        Assert.Equal(Mean(wide, 2), features[0][2], 1e-3);
        Assert.Equal(Mean(tall, 0), features[1][0], 1e-3);
    }

    [Theory]
    [InlineData("scores")]
    [InlineData("numbers")]
    public void The_largest_score_or_the_number_is_the_class(string model)
    {
        var image = new RgbImage(4, 4);
        for (int i = 0; i < 16; i++)
            image.Pixels[3 * i + i % 3] = 200;
        using var network = new SegmentationNetwork(new() { ModelFile = models.File(model) });
        Assert.Equal(Enumerable.Range(0, 16).Select(i => i % 3), network.Classify(image));
    }

    [Fact]
    public void A_smaller_map_is_brought_to_the_images_size()
    {
        var image = new RgbImage(8, 8);
        for (int y = 0; y < 8; y++)
        for (int x = 0; x < 8; x++)
            image[x, y] = x < 4 ? ((byte)255, (byte)0, (byte)0) : ((byte)0, (byte)0, (byte)255);
        using var network = new SegmentationNetwork(
            new() { ModelFile = models.File("numbers"), Filter = ResizeFilter.Nearest }
        );
        Assert.Equal(Enumerable.Range(0, 64).Select(i => i % 8 < 4 ? 0 : 2), network.Classify(image));
    }

    [Fact]
    public void What_does_not_look_at_images_is_refused_by_name()
    {
        Assert.Throws<FileNotFoundException>(() => new FeatureNetwork(new() { ModelFile = "none.onnx" }));
        Assert.Contains(
            "two-inputs.onnx",
            Assert
                .Throws<NotSupportedException>(() =>
                    new FeatureNetwork(new() { ModelFile = models.File("two-inputs") })
                )
                .Message
        );
        Assert.Throws<ArgumentException>(() =>
            new FeatureNetwork(new() { ModelFile = models.File("mean-color"), OutputName = "z" })
        );
        Assert.Throws<ArgumentException>(() =>
            new FeatureNetwork(new() { ModelFile = models.File("mean-color"), Mean = [1, 2] })
        );
    }
}

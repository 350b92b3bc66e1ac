using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Transforms.Tests;

public sealed class ImagePaddingTests
{
    [Fact]
    public void Pads_as_numpy_does()
    {
        var why = PythonOracle.WhyMissing("numpy");
        Assert.SkipWhen(why is not null, why ?? "");
        var cases = new List<(int Width, int Height, int Multiple)>
        {
            (5, 7, 4),
            (8, 8, 4),
            (3, 2, 16),
            (2, 9, 32),
            (33, 17, 16),
            (100, 30, 64),
        };
        foreach (var (width, height, multiple) in cases)
        {
            var image = TestImages.Make(width, height);
            var padding = ImagePadding.ToMultiple(height, width, multiple);
            string expected = PythonOracle
                .Run(
                    """
                    import sys, numpy as np, base64
                    w, h, top, bottom, left, right = map(int, sys.argv[1:7])
                    a = np.frombuffer(base64.b64decode(sys.argv[7]), np.uint8).reshape(h, w, 3)
                    print(base64.b64encode(np.pad(a, ((top, bottom), (left, right), (0, 0)), mode='reflect').tobytes()).decode())
                    """,
                    $"{width}",
                    $"{height}",
                    $"{padding.Top}",
                    $"{padding.PaddedHeight - height - padding.Top}",
                    $"{padding.Left}",
                    $"{padding.PaddedWidth - width - padding.Left}",
                    Convert.ToBase64String(image.Pixels)
                )
                .Trim();
            var padded = new byte[padding.PaddedHeight * padding.PaddedWidth * 3];
            padding.Pad(image.Pixels, padded);
            Assert.Equal(expected, Convert.ToBase64String(padded));
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 5)]
    [InlineData(6, 1)]
    public void One_pixel_sides_are_repeated(int width, int height)
    {
        var image = TestImages.Make(width, height);
        var padding = ImagePadding.ToMultiple(height, width, 8);
        var padded = new RgbImage(padding.PaddedWidth, padding.PaddedHeight);
        padding.Pad(image.Pixels, padded.Pixels);
        for (int y = 0; y < 8; y++)
        for (int x = 0; x < 8; x++)
            Assert.Equal(
                image[
                    width == 1 ? 0 : ImagePadding.Reflect(x - padding.Left, width),
                    height == 1 ? 0 : ImagePadding.Reflect(y - padding.Top, height)
                ],
                padded[x, y]
            );
    }

    [Theory]
    [InlineData(5, 7, 1)]
    [InlineData(5, 7, 2)]
    public void Cropping_undoes_padding(int width, int height, int scale)
    {
        var padding = ImagePadding.ToMultiple(height, width, 8);
        var large = TestImages.Make(padding.PaddedWidth * scale, padding.PaddedHeight * scale);
        var cut = new RgbImage(width * scale, height * scale);
        padding.Crop(large.Pixels, cut.Pixels, scale);
        Assert.Equal(
            large.Crop(padding.Left * scale, padding.Top * scale, width * scale, height * scale).Pixels,
            cut.Pixels
        );
    }
}

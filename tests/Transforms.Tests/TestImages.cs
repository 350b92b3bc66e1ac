using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Transforms.Tests;

/// <summary>Images of slopes and noise, the same for the same number.</summary>
internal static class TestImages
{
    public static RgbImage Make(int width, int height, int seed = 0)
    {
        var random = new Random(seed * 1000003 + width * 1009 + height);
        var image = new RgbImage(width, height);
        for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            image[x, y] = ((byte)(x * 255 / width), (byte)(y * 255 / height), (byte)random.Next(256));
        return image;
    }
}

using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Transforms.Tests;

/// <summary>Pictures of slopes and noise, the same for the same number.</summary>
internal static class TestPictures
{
    public static RgbImage Make(int width, int height, int seed = 0)
    {
        var random = new Random(seed * 1000003 + width * 1009 + height);
        var picture = new RgbImage(width, height);
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
                picture[x, y] = ((byte)(x * 255 / width), (byte)(y * 255 / height), (byte)random.Next(256));
        return picture;
    }
}

namespace MlNetImageTranslation.Imaging.Tests;

/// <summary>Small made-up images.</summary>
internal static class TestImages
{
    /// <summary>Independent random samples: the hardest content for filters.</summary>
    public static RgbImage Noise(int width, int height, int seed)
    {
        var image = new RgbImage(width, height);
        new Random(seed).NextBytes(image.Pixels);
        return image;
    }

    /// <summary>Smooth waves, which codecs keep nearly unchanged.</summary>
    public static RgbImage Waves(int width, int height)
    {
        var image = new RgbImage(width, height);
        for (var y = 0; y < height; y++)
        for (var x = 0; x < width; x++)
            image[x, y] = (Wave(x, width), Wave(y, height), Wave(x + y, width + height));
        return image;
    }

    public static void SaveRaw(RgbImage image, string path) => File.WriteAllBytes(path, image.Pixels);

    /// <summary>The largest difference of two samples at one place.</summary>
    public static int LargestDifference(byte[] expected, byte[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        var largest = 0;
        for (var i = 0; i < expected.Length; i++)
            largest = Math.Max(largest, Math.Abs(expected[i] - actual[i]));
        return largest;
    }

    private static byte Wave(double at, double length) => (byte)(127.5 + 120 * Math.Sin(at / length * 9));
}

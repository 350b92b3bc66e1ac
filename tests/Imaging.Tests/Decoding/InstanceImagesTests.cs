using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Imaging.Tests;

/// <summary>Instance images read here and by Pillow have the same borders between instances.</summary>
public sealed class InstanceImagesTests
{
    // Ids as those of Cityscapes: 1000 times the class and a number, or the class alone. Their high bytes are the same.
    private const string Write = """
        import sys
        import numpy as np
        from PIL import Image
        ids = np.random.RandomState(1).choice([7, 26001, 26002, 26003, 24000], (9, 13)).repeat(2, 0).repeat(3, 1)
        kind, path = sys.argv[1:]
        if kind == '16':
            Image.fromarray(ids.astype(np.uint16)).save(path)
        elif kind == '8':
            Image.fromarray((ids % 256).astype(np.uint8)).save(path)
        else:
            Image.fromarray(np.stack([ids % 7, ids // 256, ids % 256], 2).astype(np.uint8)).save(path)
        ids = np.asarray(Image.open(path)).astype(np.int64)
        ids = ids.reshape(ids.shape[0], ids.shape[1], -1)
        print(*(ids[:, 1:] != ids[:, :-1]).any(2).astype(int).ravel())
        print(*(ids[1:] != ids[:-1]).any(2).astype(int).ravel())
        """;

    [Theory]
    [InlineData("16", "ids.png")]
    [InlineData("16", "ids.tif")]
    [InlineData("8", "ids.png")]
    [InlineData("rgb", "ids.png")]
    public void Instances_are_told_apart(string kind, string name)
    {
        var why = PythonOracle.WhyMissing("numpy", "PIL");
        Assert.SkipWhen(why is not null, why ?? "");
        using var folder = new TemporaryFolder();
        string file = folder.File(name);
        string[] expected = PythonOracle.Run(Write, kind, file).Trim().Split('\n');

        var image = ImageDecoder.DecodeInstances(file);

        Assert.Equal(expected[0], Borders(image, 1, 0));
        Assert.Equal(expected[1], Borders(image, 0, 1));
        Assert.Equal(image.Pixels, ImageDecoder.DecodeInstances(File.ReadAllBytes(file), name).Pixels);
        if (kind != "16")
            Assert.Equal(ImageDecoder.Decode(file).Pixels, image.Pixels);
    }

    private static string Borders(RgbImage image, int right, int down)
    {
        var borders = new List<int>();
        for (int y = down; y < image.Height; y++)
        for (int x = right; x < image.Width; x++)
            borders.Add(At(x, y).SequenceEqual(At(x - right, y - down)) ? 0 : 1);
        return string.Join(' ', borders);

        Span<byte> At(int x, int y) => image.Pixels.AsSpan((y * image.Width + x) * 3, 3);
    }
}

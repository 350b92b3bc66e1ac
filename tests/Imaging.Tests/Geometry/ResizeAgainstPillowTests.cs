using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Imaging.Tests;

public sealed class ResizeAgainstPillowTests
{
    private const string Script = """
        import sys
        from PIL import Image
        source, target, w, h, tw, th, name = sys.argv[1:]
        image = Image.frombytes('RGB', (int(w), int(h)), open(source, 'rb').read())
        filters = dict(Nearest=Image.NEAREST, Box=Image.BOX, Bilinear=Image.BILINEAR, Bicubic=Image.BICUBIC, Lanczos=Image.LANCZOS)
        open(target, 'wb').write(image.resize((int(tw), int(th)), filters[name]).tobytes())
        """;

    public static TheoryData<int, int, int, int, ResizeFilter> Cases()
    {
        var data = new TheoryData<int, int, int, int, ResizeFilter>();
        (int, int, int, int)[] sizes =
        [
            (97, 61, 286, 143),
            (301, 200, 64, 64),
            (64, 64, 65, 63),
            (50, 40, 50, 20),
            (50, 40, 25, 40),
            (7, 5, 1, 1),
            (1, 1, 9, 4),
            (600, 3, 37, 11),
        ];
        foreach (var (w, h, tw, th) in sizes)
        foreach (var filter in Enum.GetValues<ResizeFilter>())
            data.Add(w, h, tw, th, filter);
        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Noise_is_resized_exactly_as_Pillow_does(
        int width,
        int height,
        int newWidth,
        int newHeight,
        ResizeFilter filter
    )
    {
        var why = PythonOracle.WhyMissing("PIL");
        Assert.SkipWhen(why is not null, why ?? "");
        using var folder = new TemporaryFolder();
        var image = TestImages.Noise(width, height, seed: width * 31 + height);
        TestImages.SaveRaw(image, folder.File("source"));
        PythonOracle.Run(
            Script,
            folder.File("source"),
            folder.File("target"),
            $"{width}",
            $"{height}",
            $"{newWidth}",
            $"{newHeight}",
            $"{filter}"
        );
        var resized = ImageResizer.Resize(image, newWidth, newHeight, filter);
        Assert.Equal((newWidth, newHeight), (resized.Width, resized.Height));
        Assert.Equal(0, TestImages.LargestDifference(File.ReadAllBytes(folder.File("target")), resized.Pixels));
    }

    [Fact]
    public void The_same_size_is_the_same_image()
    {
        var image = TestImages.Noise(8, 6, 1);
        Assert.Same(image, ImageResizer.Resize(image, 8, 6));
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(5, -1)]
    public void A_size_below_one_is_refused(int width, int height) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ImageResizer.Resize(new RgbImage(3, 3), width, height));
}

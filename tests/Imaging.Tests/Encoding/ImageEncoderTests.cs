using System.IO.Compression;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Imaging.Tests;

public sealed class ImageEncoderTests
{
    [Theory]
    [InlineData(1, 1, CompressionLevel.Fastest)]
    [InlineData(37, 23, CompressionLevel.Fastest)]
    [InlineData(37, 23, CompressionLevel.Optimal)]
    [InlineData(200, 3, CompressionLevel.SmallestSize)]
    [InlineData(2, 2, CompressionLevel.NoCompression)]
    public void Pillow_reads_from_a_png_what_was_written(int width, int height, CompressionLevel level)
    {
        var why = PythonOracle.WhyMissing("PIL");
        Assert.SkipWhen(why is not null, why ?? "");
        using var folder = new TemporaryFolder();
        foreach (var image in new[] { TestImages.Noise(width, height, 4), TestImages.Waves(width, height) })
        {
            ImageEncoder.Save(image, folder.File("a.png"), level);
            var size = PythonOracle.Run(
                "import sys\nfrom PIL import Image\ni = Image.open(sys.argv[1]); i.verify(); i = Image.open(sys.argv[1]); open(sys.argv[2], 'wb').write(i.tobytes()); print(i.mode, *i.size)",
                folder.File("a.png"),
                folder.File("a.rgb")
            );
            Assert.Equal($"RGB {width} {height}", size.Trim());
            Assert.Equal(image.Pixels, File.ReadAllBytes(folder.File("a.rgb")));
        }
    }

    [Theory]
    [InlineData("a.png", 0)]
    [InlineData("a.PNG", 0)]
    [InlineData("a.webp", 0)]
    [InlineData("a.jpg", 20)]
    [InlineData("a.jpeg", 20)]
    public void What_is_saved_is_read_back(string name, int tolerance)
    {
        using var folder = new TemporaryFolder();
        var image = TestImages.Waves(64, 48);
        ImageEncoder.Save(image, folder.File(name));
        ImageEncoder.Save(image, folder.File(name)); // replaces
        Assert.InRange(
            TestImages.LargestDifference(image.Pixels, ImageDecoder.Decode(folder.File(name)).Pixels),
            0,
            tolerance
        );
        Assert.Equal(folder.File(name), Assert.Single(Directory.GetFiles(folder.Path)));
    }

    [Fact]
    public void A_lower_quality_makes_smaller_files_and_larger_differences()
    {
        using var folder = new TemporaryFolder();
        var image = TestImages.Noise(64, 48, 3);
        foreach (string name in new[] { "a.jpg", "a.webp" })
        {
            var sizes = new List<long>();
            var differences = new List<double>();
            foreach (int quality in new[] { 100, 90, 40 })
            {
                ImageEncoder.Save(image, folder.File(name), quality: quality);
                sizes.Add(new FileInfo(folder.File(name)).Length);
                differences.Add(ImageMetrics.L1(image, ImageDecoder.Decode(folder.File(name))));
            }
            Assert.Equal(sizes.OrderDescending(), sizes);
            Assert.Equal(differences.Order(), differences);
            Assert.True(differences[2] > differences[0] + 1);
        }
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            ImageEncoder.Encode(image, ImageFileFormat.Jpeg, quality: 101)
        );
    }

    [Fact]
    public void An_image_too_large_for_the_format_is_refused()
    {
        var error = Assert.Throws<NotSupportedException>(() =>
            ImageEncoder.Encode(new RgbImage(16_384, 1), ImageFileFormat.WebP)
        );
        Assert.Contains("16384x1", error.Message);
        Assert.Throws<NotSupportedException>(() => ImageEncoder.Encode(new RgbImage(2, 2), ImageFileFormat.Bmp));
    }

    [Fact]
    public void Other_extensions_are_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<NotSupportedException>(() =>
            ImageEncoder.Save(new RgbImage(2, 2), folder.File("a.gif"))
        );
        Assert.Contains("a.gif", error.Message);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_failed_save_leaves_nothing_behind()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("taken.png"));
        Assert.ThrowsAny<Exception>(() => ImageEncoder.Save(new RgbImage(2, 2), folder.File("taken.png")));
        Assert.Empty(Directory.GetFiles(folder.Path));
    }
}

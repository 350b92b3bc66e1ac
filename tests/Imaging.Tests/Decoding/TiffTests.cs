using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Imaging.Tests;

/// <summary>TIFF files of Pillow and tifffile, and 16-bit samples whose range is said: NumPy says what is in them.</summary>
public sealed class TiffTests(TiffImages images) : IClassFixture<TiffImages>
{
    [Fact]
    public void Gives_the_pixels_that_were_written()
    {
        foreach (
            string name in (string[])
                [
                    "raw",
                    "tiff_lzw",
                    "tiff_adobe_deflate",
                    "packbits",
                    "gray",
                    "turned",
                    "wide",
                    "wide-gray",
                    "big-endian",
                    "tiles",
                    "wide-tiles",
                    "inverted",
                    "pages",
                ]
        )
        {
            Is(name, ImageDecoder.Decode(images.File(name + ".tif")));
            var header = ImageHeader.Read(images.File(name + ".tif"));
            Assert.Equal(name == "turned" ? (37, 45) : (45, 37), (header.Width, header.Height));
            Assert.Equal(name == "pages", header.HasMorePages);
            Assert.Equal(name.Contains("wide") || name == "big-endian" ? 16 : 8, header.BitsPerSample);
        }
    }

    [Fact]
    public void Sixteen_bits_of_a_known_range_are_scaled_to_eight()
    {
        var twelve = new ImageDecoderOptions { ValueRange = (0, 4095) };
        Is("twelve", ImageDecoder.Decode(images.File("twelve.tif"), twelve));
        Is("twelve-gray", ImageDecoder.Decode(images.File("twelve-gray.tif"), twelve));
        Is("png", ImageDecoder.Decode(images.File("png.png"), twelve));
        Is("some", ImageDecoder.Decode(images.File("some.png"), new() { ValueRange = (500, 3000) }));
        Is("raw", ImageDecoder.Decode(images.File("raw.tif"), twelve));
        foreach (string file in (string[])["twelve.tif", "twelve-gray.tif", "png.png"])
            Assert.Contains(nameof(ImageDecoderOptions.ValueRange), Refused(file));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImageDecoderOptions { ValueRange = (9, 9) });
    }

    [Fact]
    public void Alpha_is_kept_or_composed_on_white()
    {
        byte[] rgba = File.ReadAllBytes(images.File("rgba.raw"));
        var kept = ImageDecoder.Decode(images.File("rgba.tif"), new() { KeepAlpha = true });
        Assert.Equal(rgba.Where((_, i) => i % 4 == 3), kept.Alpha!);
        Assert.Equal(rgba.Where((_, i) => i % 4 != 3), kept.Pixels);
        var composed = ImageDecoder.Decode(images.File("rgba.tif"));
        for (int i = 0; i < kept.Pixels.Length; i++)
        {
            double white = 255 - rgba[i / 3 * 4 + 3];
            Assert.InRange(composed.Pixels[i] - (kept.Pixels[i] * (255 - white) / 255 + white), -1, 1);
        }
        ImageEncoder.Save(kept, images.File("again.tif"));
        ImageEncoder.Save(ImageDecoder.Decode(images.File("raw.tif")), images.File("opaque.tiff"));
        PythonOracle.Run(
            """
            import sys, numpy as np
            from PIL import Image
            for file, mode in (sys.argv[1], 'RGBA'), (sys.argv[2], 'RGB'):
                image = Image.open(file); assert image.mode == mode, image.mode
                np.asarray(image).tofile(file + '.raw')
            """,
            images.File("again.tif"),
            images.File("opaque.tiff")
        );
        Assert.Equal(rgba, File.ReadAllBytes(images.File("again.tif.raw")));
        Assert.Equal(File.ReadAllBytes(images.File("raw.raw")), File.ReadAllBytes(images.File("opaque.tiff.raw")));
    }

    [Theory]
    [InlineData("float.tif", "32 bits")]
    [InlineData("planes.tif", "separate planes")]
    [InlineData("big.tif", "expected a JPEG")]
    [InlineData("jpeg.tif", "JPEG compression")]
    [InlineData("bilevel.tif", "1 bits")]
    [InlineData("palette.tif", "PALETTE")]
    public void Other_kinds_are_refused(string file, string reason) => Assert.Contains(reason, Refused(file));

    [Fact]
    public void Damaged_files_are_refused_or_decoded_and_take_no_memory_by_what_they_say()
    {
        var random = new Random(7);
        long before = GC.GetTotalAllocatedBytes(precise: true);
        int tries = 0;
        foreach (string name in (string[])["tiff_lzw", "wide-tiles", "tiff_adobe_deflate", "packbits", "twelve-gray"])
        {
            byte[] sound = File.ReadAllBytes(images.File(name + ".tif"));
            for (int i = 0; i < 120; i++, tries++)
            {
                byte[] file = i % 4 == 0 ? sound[..random.Next(8, sound.Length)] : (byte[])sound.Clone();
                // Half of the changes hit the directory, which lies at the beginning or at the end.
                for (int k = 0; k < 4; k++)
                {
                    int place = random.Next(4) switch
                    {
                        0 => random.Next(4, Math.Min(file.Length, 300)),
                        1 => random.Next(Math.Max(4, file.Length - 300), file.Length),
                        _ => random.Next(4, file.Length),
                    };
                    file[place] = (byte)random.Next(256);
                }
                try
                {
                    ImageDecoder.Decode(file, "file", new() { MaxPixels = 10_000 });
                }
                catch (FormatException) { }
            }
        }
        long allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        Assert.InRange(allocated / tries, 0, 8 << 20);
    }

    private string Refused(string file) =>
        Assert.Throws<FormatException>(() => ImageDecoder.Decode(images.File(file))).Message;

    private void Is(string name, RgbImage image) =>
        Assert.True(File.ReadAllBytes(images.File(name + ".raw")).AsSpan().SequenceEqual(image.Pixels), name);
}

using System.Buffers.Binary;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Imaging.Tests;

public sealed class DamagedFileTests
{
    [Theory]
    [InlineData(ImageFileFormat.Png)]
    [InlineData(ImageFileFormat.Jpeg)]
    [InlineData(ImageFileFormat.WebP)]
    public void A_file_cut_anywhere_is_an_error_that_names_it(ImageFileFormat format)
    {
        var file = ImageEncoder.Encode(TestImages.Waves(40, 30), format);
        for (var length = 0; length < file.Length; length += Math.Max(1, file.Length / 60))
        {
            var error = Assert.Throws<FormatException>(() => ImageDecoder.Decode(file[..length], "cut.file"));
            Assert.Contains("'cut.file'", error.Message);
        }
    }

    [Fact]
    public void A_bitmap_cut_short_is_an_error()
    {
        var file = Bitmap24(10, 10);
        Assert.Equal("10x10", ImageDecoder.Decode(file, "whole.bmp").Size);
        Assert.Contains(
            "cut short",
            Assert.Throws<FormatException>(() => ImageDecoder.Decode(file[..^5], "cut.bmp")).Message
        );
    }

    [Fact]
    public void Changed_bytes_never_give_another_exception()
    {
        var random = new Random(5);
        foreach (var format in new[] { ImageFileFormat.Png, ImageFileFormat.Jpeg, ImageFileFormat.WebP })
        {
            var file = ImageEncoder.Encode(TestImages.Waves(32, 24), format);
            for (var i = 0; i < 300; i++)
            {
                var damaged = (byte[])file.Clone();
                for (var k = 0; k < 3; k++)
                    damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                try
                {
                    ImageDecoder.Decode(damaged, "damaged", new ImageDecoderOptions { MaxPixels = 1_000_000 });
                }
                catch (FormatException) { }
            }
        }
    }

    [Fact]
    public void Something_else_than_a_image_is_told_by_its_first_bytes()
    {
        var error = Assert.Throws<FormatException>(() => ImageDecoder.Decode("GIF89a and more"u8.ToArray(), "a.gif"));
        Assert.Contains("474946383961", error.Message);
        Assert.Contains("empty", Assert.Throws<FormatException>(() => ImageDecoder.Decode([], "a.png")).Message);
    }

    [Fact]
    public void A_image_over_the_limit_is_refused_by_its_header()
    {
        // Not a byte of image data follows: only the header can have told.
        var png = ImageEncoder.Encode(new RgbImage(1, 1), ImageFileFormat.Png);
        SetSize(png, 20_000, 30_000);
        var error = Assert.Throws<FormatException>(() => ImageDecoder.Decode(png, "bomb.png"));
        Assert.Contains("20000x30000", error.Message);
        Assert.Contains("100000000", error.Message);
        SetSize(png, 70_000, 30_000);
        Assert.Contains("65535", Assert.Throws<FormatException>(() => ImageDecoder.Decode(png, "long.png")).Message);
        // Skia counts bytes in 32 bits, whatever the caller allows.
        SetSize(png, 30_000, 30_000);
        var all = new ImageDecoderOptions { MaxPixels = long.MaxValue };
        Assert.Contains(
            "536870911",
            Assert.Throws<FormatException>(() => ImageDecoder.Decode(png, "huge.png", all)).Message
        );
    }

    [Fact]
    public void A_link_to_something_without_a_length_is_not_opened()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var folder = new TemporaryFolder();
        File.CreateSymbolicLink(folder.File("endless.png"), "/dev/zero");
        Assert.Contains(
            "empty",
            Assert.Throws<FormatException>(() => ImageDecoder.Decode(folder.File("endless.png"))).Message
        );
    }

    [Fact]
    public void A_missing_file_is_a_file_error()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<FileNotFoundException>(() => ImageDecoder.Decode(folder.File("none.png")));
    }

    private static void SetSize(byte[] png, int width, int height)
    {
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), height);
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), Crc32.Append(0, png.AsSpan(12, 17)));
    }

    private static byte[] Bitmap24(int width, int height)
    {
        var stride = (width * 3 + 3) / 4 * 4;
        var file = new byte[54 + stride * height];
        file[0] = (byte)'B';
        file[1] = (byte)'M';
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(10), 54);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(14), 40);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(18), width);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(22), height);
        file[26] = 1;
        file[28] = 24;
        return file;
    }
}

using System.Runtime.InteropServices;
using BitMiracle.LibTiff.Classic;

namespace MlNetImageTranslation.Imaging;

/// <summary>
/// Writes RGB TIFF of 8 or 16 bits, with alpha where the image has it, in strips compressed by Deflate.
/// </summary>
internal static class TiffWriter
{
    // About 64 KiB, as the specification advises for strips, times a few for the compressor.
    private const int StripBytes = 1 << 18;

    public static byte[] Encode(RgbImage image) =>
        Encode(image.Width, image.Height, image.Alpha is null ? 3 : 4, 8, (row, y) => Fill(row, image, y));

    /// <summary>Writes samples of 16 bits, as they are.</summary>
    public static byte[] Encode(RgbImage16 image) =>
        Encode(
            image.Width,
            image.Height,
            3,
            16,
            (row, y) => MemoryMarshal.AsBytes(image.Pixels.AsSpan(y * image.Width * 3, image.Width * 3)).CopyTo(row)
        );

    private static byte[] Encode(int width, int height, int samples, int bits, Action<byte[], int> fill)
    {
        var messages = new TiffMessages();
        var file = new MemoryStream();
        using (var tiff = messages.Open(file, "w") ?? throw new NotSupportedException(messages.Error))
        {
            var row = new byte[checked(width * samples * (bits / 8))];
            tiff.SetField(TiffTag.IMAGEWIDTH, width);
            tiff.SetField(TiffTag.IMAGELENGTH, height);
            tiff.SetField(TiffTag.BITSPERSAMPLE, bits);
            tiff.SetField(TiffTag.SAMPLESPERPIXEL, samples);
            tiff.SetField(TiffTag.PHOTOMETRIC, Photometric.RGB);
            tiff.SetField(TiffTag.PLANARCONFIG, PlanarConfig.CONTIG);
            tiff.SetField(TiffTag.COMPRESSION, Compression.ADOBE_DEFLATE);
            tiff.SetField(TiffTag.PREDICTOR, Predictor.HORIZONTAL);
            tiff.SetField(TiffTag.ROWSPERSTRIP, Math.Max(1, StripBytes / row.Length));
            if (samples == 4)
                tiff.SetField(TiffTag.EXTRASAMPLES, 1, new short[] { (short)ExtraSample.UNASSALPHA });
            for (int y = 0; y < height; y++)
            {
                fill(row, y);
                if (!tiff.WriteScanline(row, y))
                    throw new NotSupportedException(
                        $"An image of {width}x{height} cannot be written as TIFF: {messages.Error}"
                    );
            }
        }
        return file.ToArray();
    }

    private static void Fill(byte[] row, RgbImage image, int y)
    {
        if (image.Alpha is not { } alpha)
        {
            image.Row(y).CopyTo(row);
            return;
        }
        var colors = image.Row(y);
        for (int x = 0; x < image.Width; x++)
        {
            colors.Slice(x * 3, 3).CopyTo(row.AsSpan(x * 4));
            row[x * 4 + 3] = alpha[y * image.Width + x];
        }
    }
}

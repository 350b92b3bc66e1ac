using BitMiracle.LibTiff.Classic;

namespace MlNetImageTranslation.Imaging;

/// <summary>Writes 8-bit RGB TIFF, with alpha where the image has it, in strips compressed by Deflate.</summary>
internal static class TiffWriter
{
    // About 64 KiB, as the specification advises for strips, times a few for the compressor.
    private const int StripBytes = 1 << 18;

    public static byte[] Encode(RgbImage image)
    {
        int samples = image.Alpha is null ? 3 : 4;
        var messages = new TiffMessages();
        var file = new MemoryStream();
        using (var tiff = messages.Open(file, "w") ?? throw new NotSupportedException(messages.Error))
        {
            tiff.SetField(TiffTag.IMAGEWIDTH, image.Width);
            tiff.SetField(TiffTag.IMAGELENGTH, image.Height);
            tiff.SetField(TiffTag.BITSPERSAMPLE, 8);
            tiff.SetField(TiffTag.SAMPLESPERPIXEL, samples);
            tiff.SetField(TiffTag.PHOTOMETRIC, Photometric.RGB);
            tiff.SetField(TiffTag.PLANARCONFIG, PlanarConfig.CONTIG);
            tiff.SetField(TiffTag.COMPRESSION, Compression.ADOBE_DEFLATE);
            tiff.SetField(TiffTag.PREDICTOR, Predictor.HORIZONTAL);
            tiff.SetField(TiffTag.ROWSPERSTRIP, Math.Max(1, StripBytes / (image.Width * samples)));
            if (samples == 4)
                tiff.SetField(TiffTag.EXTRASAMPLES, 1, new short[] { (short)ExtraSample.UNASSALPHA });
            var row = new byte[image.Width * samples];
            for (int y = 0; y < image.Height; y++)
            {
                Fill(row, image, y);
                if (!tiff.WriteScanline(row, y))
                    throw new NotSupportedException(
                        $"An image of {image.Size} cannot be written as TIFF: {messages.Error}"
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

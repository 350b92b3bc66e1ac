using System.IO.Compression;

namespace MlNetImageTranslation.Imaging;

public static partial class ImageEncoder
{
    /// <summary>
    /// Writes a file of 16 bits a sample in the format of its extension: beside its place first, then renamed onto it.
    /// </summary>
    /// <inheritdoc cref="Encode(RgbImage16, ImageFileFormat, ValueTuple{int, int}?, CompressionLevel)"/>
    /// <param name="image">The image.</param>
    /// <param name="path">A name that ends in <c>.png</c>, <c>.tif</c> or <c>.tiff</c>. Its folder is made where it is
    /// missing, an existing file is replaced.</param>
    /// <param name="valueRange">The samples written for black and white; null means 0 and 65535.</param>
    /// <param name="level">How hard PNG is compressed.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(
        RgbImage16 image,
        string path,
        (int Black, int White)? valueRange = null,
        CompressionLevel level = CompressionLevel.Fastest
    )
    {
        byte[] file = Encode(image, FormatOf(path), valueRange, level);
        AtomicFile.Write(path, beside => File.WriteAllBytes(beside, file), deleteLeftovers: false);
    }

    /// <summary>The bytes of a file of 16 bits a sample.</summary>
    /// <param name="image">The image.</param>
    /// <param name="format">PNG or TIFF.</param>
    /// <param name="valueRange">The samples written for black and white, as
    /// <see cref="ImageDecoderOptions.ValueRange"/> reads them; null means 0 and 65535.</param>
    /// <param name="level">How hard PNG is compressed.</param>
    /// <exception cref="NotSupportedException">Another format, or an image larger than the format allows.</exception>
    /// <exception cref="ArgumentOutOfRangeException">White is not above black, or a value is no sample of 16
    /// bits.</exception>
    public static byte[] Encode(
        RgbImage16 image,
        ImageFileFormat format,
        (int Black, int White)? valueRange = null,
        CompressionLevel level = CompressionLevel.Fastest
    )
    {
        ArgumentNullException.ThrowIfNull(image);
        var ranged = valueRange is { } range ? InRange(image, range) : image;
        return format switch
        {
            ImageFileFormat.Png => PngWriter.Encode(ranged, level),
            ImageFileFormat.Tiff => TiffWriter.Encode(ranged),
            _ => throw new NotSupportedException(
                $"{format} images have 8 bits a sample; expected Png or Tiff for 16 bits."
            ),
        };
    }

    private static RgbImage16 InRange(RgbImage16 image, (int Black, int White) valueRange)
    {
        if (valueRange.Black < 0 || valueRange.White > RgbImage16.White || valueRange.Black >= valueRange.White)
            throw new ArgumentOutOfRangeException(
                nameof(valueRange),
                valueRange,
                "Expected black below white, both from 0 to 65535."
            );
        double scale = (valueRange.White - valueRange.Black) / (double)RgbImage16.White;
        return new(
            image.Width,
            image.Height,
            Array.ConvertAll(image.Pixels, level => (ushort)(valueRange.Black + Math.Round(level * scale)))
        );
    }
}

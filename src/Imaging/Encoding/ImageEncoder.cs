using System.IO.Compression;
using System.Runtime.InteropServices;
using SkiaSharp;

namespace MlNetImageTranslation.Imaging;

/// <summary>
/// Writes PNG (own writer), JPEG (4:2:0 chroma) and WebP (both through SkiaSharp), and TIFF (through LibTiff.NET). A
/// file appears under its name only when it is complete.
/// </summary>
public static partial class ImageEncoder
{
    /// <summary>The best quality: JPEG as near as it gets, WebP without loss.</summary>
    public const int BestQuality = 100;

    /// <summary>The extensions that can be written, lower case with their dot.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff"];

    /// <summary>The format that the extension of <paramref name="path"/> asks for.</summary>
    /// <exception cref="NotSupportedException">An extension that is not among <see cref="Extensions"/>.</exception>
    public static ImageFileFormat FormatOf(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".png" => ImageFileFormat.Png,
            ".jpg" or ".jpeg" => ImageFileFormat.Jpeg,
            ".webp" => ImageFileFormat.WebP,
            ".tif" or ".tiff" => ImageFileFormat.Tiff,
            var other => throw new NotSupportedException(
                $"Image '{path}' cannot be written: expected one of the extensions {string.Join(", ", Extensions)}; "
                    + $"got '{other}'."
            ),
        };
    }

    /// <summary>Writes a file in the format of its extension: beside its place first, then renamed onto it.</summary>
    /// <param name="image">The image.</param>
    /// <param name="path">A name that ends in one of <see cref="Extensions"/>. Its folder is made where it is missing,
    /// an existing file is replaced.</param>
    /// <param name="level">How hard PNG is compressed.</param>
    /// <param name="quality">Quality of JPEG and WebP, 0 to <see cref="BestQuality"/>.</param>
    /// <exception cref="NotSupportedException">An extension that cannot be written, an image with alpha as JPEG, or an
    /// image larger than the format allows (JPEG 65535, WebP 16383 a side).</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(
        RgbImage image,
        string path,
        CompressionLevel level = CompressionLevel.Fastest,
        int quality = BestQuality
    )
    {
        byte[] file = Encode(image, FormatOf(path), level, quality);
        // Many images are written into one folder: looking for leftovers at each would take the square of their number.
        AtomicFile.Write(path, beside => File.WriteAllBytes(beside, file), deleteLeftovers: false);
    }

    /// <summary>The bytes of a file in <paramref name="format"/>.</summary>
    /// <param name="image">The image.</param>
    /// <param name="format">PNG, JPEG, WebP or TIFF.</param>
    /// <param name="level">How hard PNG is compressed.</param>
    /// <param name="quality">Quality of JPEG and WebP, 0 to <see cref="BestQuality"/>.</param>
    /// <exception cref="NotSupportedException">BMP, which is read only, an image with alpha as JPEG, or an image larger
    /// than the format allows.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The quality is out of range.</exception>
    public static byte[] Encode(
        RgbImage image,
        ImageFileFormat format,
        CompressionLevel level = CompressionLevel.Fastest,
        int quality = BestQuality
    )
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfNegative(quality);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, BestQuality);
        return format switch
        {
            ImageFileFormat.Png when image.Alpha is null => PngWriter.Encode(image, level),
            ImageFileFormat.Png => EncodeBySkia(image, SKEncodedImageFormat.Png, BestQuality),
            ImageFileFormat.Jpeg when image.Alpha is not null => throw new NotSupportedException(
                "JPEG has no alpha; expected Png, WebP or Tiff."
            ),
            ImageFileFormat.Jpeg => EncodeBySkia(image, SKEncodedImageFormat.Jpeg, quality),
            ImageFileFormat.WebP => EncodeBySkia(image, SKEncodedImageFormat.Webp, quality),
            ImageFileFormat.Tiff => TiffWriter.Encode(image),
            _ => throw new NotSupportedException(
                $"{format} images can be read and not written; expected Png, Jpeg, WebP or Tiff."
            ),
        };
    }

    private static unsafe byte[] EncodeBySkia(RgbImage image, SKEncodedImageFormat format, int quality)
    {
        var info = new SKImageInfo(
            image.Width,
            image.Height,
            SKColorType.Bgra8888,
            image.Alpha is null ? SKAlphaType.Opaque : SKAlphaType.Unpremul
        );
        int length = checked(image.Width * image.Height * 4);
        void* pixels = NativeMemory.Alloc((nuint)length);
        try
        {
            var samples = new Span<byte>(pixels, length);
            Bgra32.FromRgb(image.Pixels, samples);
            if (image.Alpha is { } alpha)
                AlphaPlane.Set(samples, alpha);
            using var pixmap = new SKPixmap(info, (IntPtr)pixels);
            using var file =
                pixmap.Encode(format, quality)
                ?? throw new NotSupportedException($"An image of {image.Size} cannot be written as {format}.");
            return file.ToArray();
        }
        finally
        {
            NativeMemory.Free(pixels);
        }
    }
}

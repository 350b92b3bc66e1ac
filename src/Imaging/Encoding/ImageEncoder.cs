using System.IO.Compression;

namespace MlNetImageTranslation.Imaging;

/// <summary>
/// Writes PNG (own writer), JPEG and WebP (through MLImage.Save, which knows only quality 100: JPEG with 4:2:0 chroma,
/// WebP without loss). A file appears under its name only when it is complete.
/// </summary>
public static class ImageEncoder
{
    /// <summary>The extensions that can be written, lower case with their dot.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".png", ".jpg", ".jpeg", ".webp"];

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
            var other => throw new NotSupportedException(
                $"Image '{path}' cannot be written: expected an extension out of {string.Join(", ", Extensions)}; "
                    + $"got '{other}'."
            ),
        };
    }

    /// <summary>Writes a file in the format of its extension: beside its place first, then renamed onto it.</summary>
    /// <param name="image">The image.</param>
    /// <param name="path">An existing folder and a name that ends in one of <see cref="Extensions"/>. An existing file
    /// is replaced.</param>
    /// <param name="level">How hard PNG is compressed.</param>
    /// <exception cref="NotSupportedException">An extension that cannot be written.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(RgbImage image, string path, CompressionLevel level = CompressionLevel.Fastest)
    {
        ArgumentNullException.ThrowIfNull(image);
        var format = FormatOf(path);
        var beside = UnfinishedFile.NewNameFor(path);
        try
        {
            Write(image, format, beside, level);
            File.Move(beside, path, overwrite: true);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
    }

    /// <summary>The bytes of a file in <paramref name="format"/>.</summary>
    /// <exception cref="NotSupportedException">BMP, which is read only.</exception>
    public static byte[] Encode(
        RgbImage image,
        ImageFileFormat format,
        CompressionLevel level = CompressionLevel.Fastest
    )
    {
        ArgumentNullException.ThrowIfNull(image);
        if (format == ImageFileFormat.Png)
            return PngWriter.Encode(image, level);
        // MLImage writes to a path only.
        var folder = Directory.CreateTempSubdirectory("imt-");
        try
        {
            var path = Path.Combine(folder.FullName, "image" + ExtensionOf(format));
            Write(image, format, path, level);
            return File.ReadAllBytes(path);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Write(RgbImage image, ImageFileFormat format, string path, CompressionLevel level)
    {
        if (format == ImageFileFormat.Png)
        {
            File.WriteAllBytes(path, PngWriter.Encode(image, level));
            return;
        }
        using var converted = image.ToMLImage();
        converted.Save(path);
    }

    private static string ExtensionOf(ImageFileFormat format) =>
        format switch
        {
            ImageFileFormat.Png => ".png",
            ImageFileFormat.Jpeg => ".jpg",
            ImageFileFormat.WebP => ".webp",
            _ => throw new NotSupportedException(
                $"{format} images can be read and not written; expected Png, Jpeg or WebP."
            ),
        };
}

namespace MlNetImageTranslation.Imaging;

/// <summary>What an image file says about itself, read from its structure before anything is decoded.</summary>
/// <param name="Format">Told by the first bytes, never by the extension.</param>
/// <param name="StoredWidth">Columns as stored, before the orientation is applied.</param>
/// <param name="StoredHeight">Rows as stored, before the orientation is applied.</param>
/// <param name="Orientation">The Exif orientation.</param>
/// <param name="IsComplete">False when the file ends before its format says it may.</param>
public readonly record struct ImageHeader(
    ImageFileFormat Format,
    int StoredWidth,
    int StoredHeight,
    ExifOrientation Orientation,
    bool IsComplete
)
{
    /// <summary>Columns of the upright image.</summary>
    public int Width => Orientation >= ExifOrientation.Transpose ? StoredHeight : StoredWidth;

    /// <summary>Rows of the upright image.</summary>
    public int Height => Orientation >= ExifOrientation.Transpose ? StoredWidth : StoredHeight;

    /// <summary>Reads the header of a whole file in memory; nothing is decoded, every read is bounds-checked.</summary>
    /// <param name="file">All bytes of the file.</param>
    /// <param name="name">Names the file in messages.</param>
    /// <exception cref="FormatException">No JPEG, PNG, BMP or WebP, or a header that is damaged or of an unsupported
    /// kind.</exception>
    public static ImageHeader Read(ReadOnlySpan<byte> file, string name)
    {
        var found =
            file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? JpegHeader.Read(file)
            : file.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
                ? PngHeader.Read(file)
            : file.StartsWith("BM"u8) ? BmpHeader.Read(file)
            : file.Length >= 12 && file.StartsWith("RIFF"u8) && file[8..].StartsWith("WEBP"u8) ? WebPHeader.Read(file)
            : new HeaderResult(
                file.IsEmpty
                    ? "the file is empty"
                    : $"its first bytes are {Convert.ToHexString(file[..Math.Min(8, file.Length)])}"
            );
        if (found.Problem is { } problem)
            throw new FormatException(
                $"Image '{name}' cannot be read: expected a JPEG, PNG, BMP or WebP image; {problem}."
            );
        return found.Header;
    }

    /// <summary>Reads the header of a file on disk.</summary>
    /// <exception cref="FormatException">No image of a supported kind.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ImageHeader Read(string path) => Read(File.ReadAllBytes(path), path);
}

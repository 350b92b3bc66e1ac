using Microsoft.ML.Data;

namespace MlNetImageTranslation.Imaging;

/// <summary>
/// Decodes JPEG, PNG, BMP and WebP through MLImage, after the size was read from the header and found to be within the
/// limits. Gray, palette and 16-bit images become 8-bit RGB, alpha is composed on white.
/// </summary>
public static class ImageDecoder
{
    /// <summary>The extensions of the formats that are read, lower case with their dot.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".jpg", ".jpeg", ".png", ".bmp", ".webp"];

    /// <summary>Whether the path ends like an image that is read (in any case).</summary>
    public static bool HasImageExtension(string path) =>
        Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads and decodes a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Limits; <see cref="ImageDecoderOptions.Default"/> when null.</param>
    /// <exception cref="FormatException">Not an image, damaged, cut short, or larger than allowed; the message names
    /// the file.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static RgbImage Decode(string path, ImageDecoderOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= ImageDecoderOptions.Default;
        using var handle = File.OpenHandle(path, options: FileOptions.SequentialScan);
        var length = RandomAccess.GetLength(handle);
        if (length > Math.Min(options.MaxFileBytes, Array.MaxLength))
            throw new FormatException(
                $"Image '{path}' has {length} bytes; at most {options.MaxFileBytes} are allowed."
            );
        var bytes = GC.AllocateUninitializedArray<byte>((int)length);
        var read = 0;
        while (read < bytes.Length && RandomAccess.Read(handle, bytes.AsSpan(read), read) is > 0 and var more)
            read += more;
        return Decode(read == bytes.Length ? bytes : bytes[..read], path, options);
    }

    /// <summary>Decodes a file in memory.</summary>
    /// <param name="file">All bytes of the file.</param>
    /// <param name="name">Names the image in messages.</param>
    /// <param name="options">Limits; <see cref="ImageDecoderOptions.Default"/> when null.</param>
    /// <exception cref="FormatException">Not an image, damaged, cut short, or larger than allowed.</exception>
    public static RgbImage Decode(byte[] file, string name, ImageDecoderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        options ??= ImageDecoderOptions.Default;
        var header = ImageHeader.Read(file, name);
        Check(header, name, options);
        using var stored = DecodeStored(file, name, header.Format);
        if (stored.Width != header.StoredWidth || stored.Height != header.StoredHeight)
            throw new FormatException(
                $"Image '{name}' says {header.StoredWidth}x{header.StoredHeight} in its header and decodes to "
                    + $"{stored.Width}x{stored.Height}."
            );
        var image = stored.ToRgbImage();
        return options.ApplyOrientation ? ImageGeometry.Orient(image, header.Orientation) : image;
    }

    /// <summary>
    /// The checks that <see cref="Decode(byte[], string, ImageDecoderOptions?)"/> makes before decoding.
    /// </summary>
    /// <exception cref="FormatException">Larger than allowed or cut short.</exception>
    public static void Check(ImageHeader header, string name, ImageDecoderOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var size = $"{header.StoredWidth}x{header.StoredHeight}";
        if (Math.Max(header.StoredWidth, header.StoredHeight) > options.MaxSide)
            throw new FormatException(
                $"Image '{name}' is {size}; sides of at most {options.MaxSide} pixels are allowed."
            );
        if ((long)header.StoredWidth * header.StoredHeight > options.MaxPixels)
            throw new FormatException(
                $"Image '{name}' is {size}, {(long)header.StoredWidth * header.StoredHeight} pixels; at most "
                    + $"{options.MaxPixels} are allowed."
            );
        if (!header.IsComplete)
            throw new FormatException(
                $"Image '{name}' is cut short: the {header.Format} file ends before its image does."
            );
    }

    private static MLImage DecodeStored(byte[] file, string name, ImageFileFormat format)
    {
        try
        {
            return MLImage.CreateFromStream(
                new MemoryStream(file, 0, file.Length, writable: false, publiclyVisible: true)
            );
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            throw new FormatException(
                $"Image '{name}' cannot be decoded: the {format} file is damaged or of an unsupported kind.",
                e
            );
        }
    }
}

using Microsoft.ML.Data;

namespace Microsoft.ML.Compat.Imaging;

/// <summary>Chooses the system library by the first bytes (decoding) or the extension (encoding).</summary>
internal static class Codec
{
    // What the real class maps to a Skia encoder that refuses to encode.
    private static readonly HashSet<string> Refused = new(StringComparer.OrdinalIgnoreCase)
        { ".bmp", ".gif", ".ico", ".astc", ".avif", ".dng", ".heif", ".ktx", ".pkm", ".wbmp" };

    /// <summary>The picture in premultiplied BGRA, or null when the bytes are no picture that can be decoded.</summary>
    public static MLImage Decode(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])) return Jpeg.Decode(file);
        if (file.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])) return Png.Decode(file);
        if (file.StartsWith("BM"u8)) return Bmp.Decode(file);
        if (file.Length > 12 && file.StartsWith("RIFF"u8) && file[8..].StartsWith("WEBP"u8)) return WebP.Decode(file);
        return null;
    }

    /// <summary>Encodes at quality 100; WebP at 100 is lossless, as SkiaSharp does it.</summary>
    public static byte[] Encode(string path, int width, int height, MLPixelFormat format, byte[] pixels)
    {
        var extension = Path.GetExtension(path);
        switch (extension?.ToLowerInvariant())
        {
            case ".png": return Png.Encode(width, height, format, Alpha.Unpremultiply(pixels));
            case ".jpg" or ".jpeg": return Jpeg.Encode(width, height, format, pixels);
            case ".webp": return WebP.Encode(width, height, format, Alpha.Unpremultiply(pixels));
        }
        ArgumentNullException.ThrowIfNull(extension, "key");
        throw Refused.Contains(extension)
            ? new ArgumentException($"Saving image with the format '{extension}' is not supported. Try save it with `Jpeg`, `Png`, or `Webp` format.", "imagePath")
            : new ArgumentException("Path has invalid image file extension.", "imagePath");
    }
}

using SkiaSharp;

namespace MlNetImageTranslation.Imaging;

/// <summary>
/// An image file in memory that SkiaSharp reads. Only the header is read before <see cref="Decode"/>, which needs
/// memory in proportion to the size that the header says.
/// </summary>
internal sealed unsafe class SkiaCodec : IDisposable
{
    private readonly SKData _data;
    private readonly SKCodec _codec;

    private SkiaCodec(SKData data, SKCodec codec, ImageHeader header)
    {
        _data = data;
        _codec = codec;
        Header = header;
    }

    public ImageHeader Header { get; }

    /// <summary>Whether the file goes on to the end that its format says.</summary>
    public bool IsComplete { get; private init; }

    /// <summary>Reads the header.</summary>
    /// <param name="bytes">The file; it must stay where it is until the codec is disposed.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <param name="name">Names the file in messages.</param>
    /// <exception cref="FormatException">No JPEG, PNG, BMP, WebP or TIFF, or a header that is damaged or of an
    /// unsupported kind.</exception>
    public static SkiaCodec Open(byte* bytes, int length, string name)
    {
        var file = new ReadOnlySpan<byte>(bytes, length);
        // Skia knows more formats than these. What is none of them is not shown to its parsers.
        var format = FormatOf(file) ?? throw Unreadable(name, DescribeStart(file));
        var data = SKData.Create((IntPtr)bytes, length);
        var codec = SKCodec.Create(data);
        try
        {
            if (codec is null)
                throw Unreadable(name, $"the {format} file is damaged or of an unsupported kind");
            if (format == ImageFileFormat.WebP && codec.FrameCount > 1)
                throw Unreadable(name, "it is an animated WebP");
            var metadata = ImageMetadata.Read(file, format);
            var header = new ImageHeader(format, codec.Info.Width, codec.Info.Height, metadata.Orientation)
            {
                BitsPerSample = metadata.BitsPerSample,
            };
            return new SkiaCodec(data, codec, header) { IsComplete = metadata.IsComplete };
        }
        catch
        {
            codec?.Dispose();
            data.Dispose();
            throw;
        }
    }

    /// <summary>Decodes to <see cref="Bgra32"/> pixels, not yet turned upright.</summary>
    /// <param name="pixels">4 bytes for every pixel.</param>
    /// <param name="alpha">Whether colours are multiplied by alpha.</param>
    public SKCodecResult Decode(byte* pixels, SKAlphaType alpha)
    {
        var info = new SKImageInfo(
            Header.StoredWidth,
            Header.StoredHeight,
            SKColorType.Bgra8888,
            alpha,
            colorspace: null
        );
        return _codec.GetPixels(info, (IntPtr)pixels);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _codec.Dispose();
        _data.Dispose();
    }

    private static ImageFileFormat? FormatOf(ReadOnlySpan<byte> file) =>
        file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? ImageFileFormat.Jpeg
        : file.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) ? ImageFileFormat.Png
        : file.StartsWith("BM"u8) ? ImageFileFormat.Bmp
        : file.Length >= 12 && file.StartsWith("RIFF"u8) && file[8..].StartsWith("WEBP"u8) ? ImageFileFormat.WebP
        : null;

    private static string DescribeStart(ReadOnlySpan<byte> file) =>
        file.IsEmpty
            ? "the file is empty"
            : $"its first bytes are {Convert.ToHexString(file[..Math.Min(8, file.Length)])}";

    private static FormatException Unreadable(string name, string problem) =>
        new($"Image '{name}' cannot be read: expected a JPEG, PNG, BMP, WebP or TIFF image; {problem}.");
}

using Microsoft.ML.Compat.Imaging;

namespace Microsoft.ML.Data;

/// <summary>
/// A decoded picture of 32 bits a pixel. As in the real class (SkiaSharp's SKBitmap.Decode): decoding gives premultiplied
/// BGRA, ignores EXIF orientation and colour profiles, and a file cut short gives what could be decoded where the codec allows.
/// </summary>
public sealed class MLImage : IDisposable
{
    private byte[] _pixels;
    private readonly int _width;
    private readonly int _height;
    private readonly MLPixelFormat _pixelFormat;
    private string _tag;

    internal MLImage(int width, int height, MLPixelFormat pixelFormat, byte[] pixels)
    {
        _width = width;
        _height = height;
        _pixelFormat = pixelFormat;
        _pixels = pixels;
    }

    public static MLImage CreateFromStream(Stream imageStream)
    {
        ArgumentNullException.ThrowIfNull(imageStream);
        return Codec.Decode(ReadRest(imageStream))
            ?? throw new ArgumentException("Invalid input stream contents", nameof(imageStream));
    }

    public static MLImage CreateFromFile(string imagePath)
    {
        ArgumentNullException.ThrowIfNull(imagePath);
        return (File.Exists(imagePath) ? Codec.Decode(File.ReadAllBytes(imagePath)) : null)
            ?? throw new ArgumentException("Invalid path", nameof(imagePath));
    }

    public static MLImage CreateFromPixels(int width, int height, MLPixelFormat pixelFormat, ReadOnlySpan<byte> imagePixelData)
    {
        if (pixelFormat != MLPixelFormat.Bgra32 && pixelFormat != MLPixelFormat.Rgba32)
            throw new ArgumentException("Unsupported pixel format", nameof(pixelFormat));
        if (width <= 0) throw new ArgumentException("Invalid width value.", nameof(width));
        if (height <= 0) throw new ArgumentException("Invalid height value.", nameof(height));
        if (imagePixelData.Length != width * height * 4)
            throw new ArgumentException($"Invalid {nameof(imagePixelData)} buffer size.");
        return new MLImage(width, height, pixelFormat, imagePixelData.ToArray());
    }

    public MLPixelFormat PixelFormat => _pixels is null ? throw Disposed() : _pixelFormat;

    public byte[] GetBGRPixels => Alpha.ToBgr(Pixels, _pixelFormat);

    public ReadOnlySpan<byte> Pixels => _pixels ?? throw Disposed();

    public string Tag
    {
        get => _pixels is null ? throw Disposed() : _tag;
        set => _tag = _pixels is null ? throw Disposed() : value;
    }

    public int Width => _pixels is null ? throw Disposed() : _width;

    public int Height => _pixels is null ? throw Disposed() : _height;

    public int BitsPerPixel => _pixels is null ? throw Disposed() : 32;

    public void Save(string imagePath)
    {
        var pixels = _pixels ?? throw Disposed();
        var encoded = Codec.Encode(imagePath, _width, _height, _pixelFormat, pixels);
        File.WriteAllBytes(imagePath, encoded);
    }

    public void Dispose() => _pixels = null;

    private static ReadOnlySpan<byte> ReadRest(Stream stream)
    {
        if (stream is MemoryStream memory && memory.TryGetBuffer(out var segment))
        {
            var rest = segment.AsSpan((int)Math.Min(memory.Position, segment.Count));
            memory.Position = memory.Length;
            return rest;
        }
        var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return buffer.GetBuffer().AsSpan(0, (int)buffer.Length);
    }

    private static InvalidOperationException Disposed() => new("Object is disposed.");
}

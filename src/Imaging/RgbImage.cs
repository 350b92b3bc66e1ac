using Microsoft.ML.Data;

namespace MlNetImageTranslation.Imaging;

/// <summary>
/// An image of 8-bit red, green, blue samples, interleaved, row by row from the top, without padding between rows.
/// </summary>
public sealed class RgbImage
{
    /// <summary>Makes a black image.</summary>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1, or the image has more bytes than an array
    /// can.</exception>
    public RgbImage(int width, int height)
        : this(width, height, new byte[ByteCount(width, height)]) { }

    /// <summary>Wraps <paramref name="pixels"/> without copying.</summary>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="pixels">width * height * 3 bytes: R, G, B of the top left pixel first.</param>
    /// <exception cref="ArgumentException">The length of <paramref name="pixels"/> is not width * height *
    /// 3.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1.</exception>
    public RgbImage(int width, int height, byte[] pixels)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        var expected = ByteCount(width, height);
        if (pixels.Length != expected)
            throw new ArgumentException(
                $"A {width}x{height} RGB image has {expected} bytes; got {pixels.Length}.",
                nameof(pixels)
            );
        Width = width;
        Height = height;
        Pixels = pixels;
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>The samples themselves (not a copy): R, G, B of the top left pixel first.</summary>
    public byte[] Pixels { get; }

    /// <summary>
    /// Width * height bytes, 0 (transparent) to 255; null for an opaque image. The colours are not multiplied by it.
    /// Decoding, encoding, conversion from and to MLImage, <see cref="Clone"/> and the engine carry it along; what
    /// makes an image out of parts of others leaves it out.
    /// </summary>
    /// <exception cref="ArgumentException">It has another length.</exception>
    public byte[]? Alpha
    {
        get;
        init =>
            field =
                value is null || value.Length == Pixels.Length / 3
                    ? value
                    : throw new ArgumentException(
                        $"The alpha of a {Size} image has {Pixels.Length / 3} bytes; got {value.Length}.",
                        nameof(value)
                    );
    }

    /// <summary>Width x height, as messages print it.</summary>
    public string Size => $"{Width}x{Height}";

    /// <summary>Red, green and blue of one pixel.</summary>
    public (byte R, byte G, byte B) this[int x, int y]
    {
        get
        {
            var at = Offset(x, y);
            return (Pixels[at], Pixels[at + 1], Pixels[at + 2]);
        }
        set
        {
            var at = Offset(x, y);
            (Pixels[at], Pixels[at + 1], Pixels[at + 2]) = value;
        }
    }

    /// <summary>The Width * 3 bytes of row <paramref name="y"/>.</summary>
    public Span<byte> Row(int y) => Pixels.AsSpan(checked(y * Width * 3), Width * 3);

    /// <summary>An image of one colour.</summary>
    public static RgbImage Filled(int width, int height, byte r, byte g, byte b)
    {
        var image = new RgbImage(width, height);
        for (var i = 0; i < image.Pixels.Length; i += 3)
        {
            image.Pixels[i] = r;
            image.Pixels[i + 1] = g;
            image.Pixels[i + 2] = b;
        }
        return image;
    }

    /// <summary>An independent copy.</summary>
    public RgbImage Clone() => new(Width, Height, (byte[])Pixels.Clone()) { Alpha = (byte[]?)Alpha?.Clone() };

    /// <summary>The same pixels (not a copy) with that alpha, or opaque.</summary>
    /// <param name="alpha">See <see cref="Alpha"/>.</param>
    /// <exception cref="ArgumentException">It has another length.</exception>
    public RgbImage WithAlpha(byte[]? alpha) => new(Width, Height, Pixels) { Alpha = alpha };

    /// <summary>The part whose top left pixel is (<paramref name="x"/>, <paramref name="y"/>).</summary>
    /// <returns>A new image, or this one where it is the whole.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The rectangle is empty or reaches out of the image.</exception>
    public RgbImage Crop(int x, int y, int width, int height) => ImageGeometry.Crop(this, x, y, width, height);

    /// <summary>A copy in which left is right.</summary>
    public RgbImage MirrorHorizontally() => ImageGeometry.MirrorHorizontally(this);

    /// <summary>
    /// Resizes to exactly <paramref name="width"/> x <paramref name="height"/>, without regard to the aspect ratio.
    /// Antialiased, the same as Pillow's: columns first, then rows, 8 bits between the two. ML.NET's own ResizeImages
    /// takes the nearest pixel, which is a different image than the one that a network was trained on.
    /// </summary>
    /// <param name="width">Columns of the result, at least 1.</param>
    /// <param name="height">Rows of the result, at least 1.</param>
    /// <param name="filter">The kernel.</param>
    /// <returns>A new image, or this one where it has that size already.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1, or the filter unknown.</exception>
    public RgbImage Resize(int width, int height, ResizeFilter filter = ResizeFilter.Bicubic) =>
        ImageResizer.Resize(this, width, height, filter);

    /// <summary>Luma by ITU-R BT.601 (0.299 R + 0.587 G + 0.114 B, rounded) in all three channels.</summary>
    public RgbImage ToGray()
    {
        var result = Uninitialized(Width, Height);
        for (var i = 0; i < Pixels.Length; i += 3)
            result.Pixels.AsSpan(i, 3).Fill(Luma.Of(Pixels[i], Pixels[i + 1], Pixels[i + 2]));
        return result;
    }

    /// <summary>Cuts a side-by-side pair into its left (A) and right (B) half.</summary>
    /// <param name="name">Names the image in messages.</param>
    /// <exception cref="FormatException">The width is odd.</exception>
    public (RgbImage A, RgbImage B) SplitPair(string name = "image") => ImageGeometry.SplitPair(this, name);

    /// <summary>Puts two images of the same size side by side.</summary>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static RgbImage JoinPair(RgbImage a, RgbImage b) => ImageGeometry.JoinPair(a, b);

    /// <summary>
    /// Copies an MLImage, composing it on white. ML.NET decodes to premultiplied alpha, so a sample becomes p + 255 -
    /// a.
    /// </summary>
    /// <param name="image">Bgra32 or Rgba32; stays the caller's.</param>
    /// <param name="keepAlpha">Whether an image that is not opaque keeps its <see cref="Alpha"/> instead: its
    /// colours are then divided by it, and white where it is fully transparent.</param>
    /// <exception cref="NotSupportedException">Another pixel format.</exception>
    public static RgbImage FromMLImage(MLImage image, bool keepAlpha = false) =>
        MLImageConversion.ToRgbImage(image, keepAlpha);

    /// <summary>
    /// Copies to a new MLImage in Bgra32, the format that ML.NET decodes to (with colours multiplied by alpha); the
    /// caller disposes it.
    /// </summary>
    public MLImage ToMLImage() => MLImageConversion.ToMLImage(this);

    /// <summary>An image whose pixels still hold arbitrary bytes; the caller writes all of them.</summary>
    public static RgbImage Uninitialized(int width, int height) =>
        new(width, height, GC.AllocateUninitializedArray<byte>(ByteCount(width, height)));

    private int Offset(int x, int y)
    {
        if ((uint)x >= (uint)Width || (uint)y >= (uint)Height)
            throw new ArgumentOutOfRangeException(nameof(x), $"Pixel ({x}, {y}) is outside of a {Size} image.");
        return (y * Width + x) * 3;
    }

    private static int ByteCount(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        var bytes = (long)width * height * 3;
        if (bytes > Array.MaxLength)
            throw new ArgumentOutOfRangeException(
                nameof(width),
                $"A {width}x{height} RGB image has {bytes} bytes; an array holds {Array.MaxLength} at most."
            );
        return (int)bytes;
    }
}

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

namespace MlNetImageTranslation.Imaging;

/// <summary>
/// An opaque image of 16-bit red, green, blue samples, interleaved, row by row from the top, without padding between
/// rows: for files of more than 8 bits a sample. 0 is black and 65535 is white.
/// </summary>
public sealed class RgbImage16
{
    /// <summary>White.</summary>
    internal const int White = ushort.MaxValue;

    // 65535 / 255: an 8-bit level, scaled.
    private const int Step = 257;

    /// <summary>Wraps <paramref name="pixels"/> without copying.</summary>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="pixels">width * height * 3 samples: R, G, B of the top left pixel first.</param>
    /// <exception cref="ArgumentException">The length of <paramref name="pixels"/> is not width * height *
    /// 3.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1.</exception>
    public RgbImage16(int width, int height, ushort[] pixels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentNullException.ThrowIfNull(pixels);
        long expected = (long)width * height * 3;
        if (pixels.Length != expected)
            throw new ArgumentException(
                $"A {width}x{height} RGB image has {expected} samples; got {pixels.Length}.",
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
    public ushort[] Pixels { get; }

    /// <summary>An 8-bit image with its levels scaled to 16 bits, without its alpha.</summary>
    public static RgbImage16 FromRgb(RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return new(image.Width, image.Height, Array.ConvertAll(image.Pixels, level => (ushort)(level * Step)));
    }

    /// <summary>The image after a change of places that is made to 8-bit images.</summary>
    /// <param name="change">Called twice: for the upper and for the lower halves of all samples.</param>
    internal RgbImage16 Move(Func<RgbImage, RgbImage> change)
    {
        var upper = change(new(Width, Height, Array.ConvertAll(Pixels, sample => (byte)(sample >> 8))));
        var lower = change(new(Width, Height, Array.ConvertAll(Pixels, sample => (byte)sample)));
        var samples = new ushort[upper.Pixels.Length];
        for (int i = 0; i < samples.Length; i++)
            samples[i] = (ushort)(upper.Pixels[i] << 8 | lower.Pixels[i]);
        return new(upper.Width, upper.Height, samples);
    }
}

namespace MlNetImageTranslation.Imaging;

/// <summary>What <see cref="ImageDecoder"/> accepts.</summary>
public sealed record ImageDecoderOptions
{
    /// <summary>100 megapixels, sides up to 65535, orientation applied.</summary>
    public static ImageDecoderOptions Default { get; } = new();

    /// <summary>Most pixels of an image; more is refused before anything is decoded.</summary>
    public long MaxPixels { get; init; } = 100_000_000;

    /// <summary>Longest side in pixels.</summary>
    public int MaxSide { get; init; } = 65535;

    /// <summary>Most bytes of a file.</summary>
    public long MaxFileBytes { get; init; } = 1L << 30;

    /// <summary>
    /// Whether the image is turned upright by its Exif orientation. ML.NET's LoadImages does not do that:
    /// set false to see what a pipeline sees.
    /// </summary>
    public bool ApplyOrientation { get; init; } = true;

    /// <summary>
    /// Whether an image that is not opaque keeps its <see cref="RgbImage.Alpha"/>: then its colours are as stored, and
    /// white where it is fully transparent. Else it is composed on white.
    /// </summary>
    public bool KeepAlpha { get; init; }

    /// <summary>
    /// The samples that are black and white in images of 16 bits a sample, such as (0, 4095) for 12 bits; what lies
    /// between is scaled to 8 bits and what lies outside is cut off. Null means 0 and 65535. Images of 8 bits are not
    /// changed.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">White is not above black, or a value is no sample of 16
    /// bits.</exception>
    public (int Black, int White)? ValueRange
    {
        get;
        init =>
            field =
                value is { } range && (range.Black < 0 || range.White > 65535 || range.Black >= range.White)
                    ? throw new ArgumentOutOfRangeException(
                        nameof(ValueRange),
                        range,
                        "Expected black below white, both from 0 to 65535."
                    )
                    : value;
    }
}

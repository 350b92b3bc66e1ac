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
}

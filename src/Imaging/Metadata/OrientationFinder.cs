namespace MlNetImageTranslation.Imaging;

/// <summary>
/// Puts together what the metadata blocks of a file say about its orientation: Exif counts, XMP where there is none, as
/// in Pillow's <c>exif_transpose</c>. (SkiaSharp's <c>EncodedOrigin</c> knows Exif of JPEG and WebP only, and does not
/// tell "upright" from "not said".)
/// </summary>
internal sealed class OrientationFinder
{
    private ExifOrientation? _exif;
    private ExifOrientation? _xmp;

    public ExifOrientation Orientation => _exif ?? _xmp ?? ExifOrientation.Normal;

    /// <summary>Takes an Exif block, with or without its "Exif" mark.</summary>
    public void AddExif(ReadOnlySpan<byte> block) => _exif ??= ExifReader.ReadOrientation(block);

    /// <summary>Takes an XMP packet in UTF-8: an attribute or an element <c>tiff:Orientation</c>.</summary>
    public void AddXmp(ReadOnlySpan<byte> packet)
    {
        ReadOnlySpan<byte> name = "tiff:Orientation"u8;
        int at = packet.IndexOf(name);
        if (at < 0)
            return;
        var rest = packet[(at + name.Length)..];
        if (rest.StartsWith("=\""u8) || rest.StartsWith("='"u8))
            rest = rest[2..];
        else if (rest.StartsWith(">"u8))
            rest = rest[1..];
        else
            return;
        if (rest.Length > 0 && rest[0] is >= (byte)'1' and <= (byte)'8')
            _xmp ??= (ExifOrientation)(rest[0] - '0');
    }
}

namespace MlNetImageTranslation.Imaging;

/// <summary>What the blocks of an image file say besides its size.</summary>
/// <param name="Orientation">How the image must be turned.</param>
/// <param name="IsComplete">False where the file ends before its last block. Whether the image itself is complete,
/// decoding tells.</param>
/// <param name="BitsPerSample">16 for a PNG of 16 bits, else 8.</param>
internal readonly record struct ImageMetadata(ExifOrientation Orientation, bool IsComplete, int BitsPerSample = 8)
{
    /// <summary>Reads the blocks of a file; every read is bounds-checked, damaged blocks count as not there.</summary>
    public static ImageMetadata Read(ReadOnlySpan<byte> file, ImageFileFormat format) =>
        format switch
        {
            ImageFileFormat.Jpeg => new(JpegSegments.ReadOrientation(file), true),
            ImageFileFormat.Png => PngChunks.ReadMetadata(file),
            ImageFileFormat.WebP => WebPChunks.ReadMetadata(file),
            _ => new(ExifOrientation.Normal, true),
        };
}

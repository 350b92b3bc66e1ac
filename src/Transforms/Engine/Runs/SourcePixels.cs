namespace MlNetImageTranslation.Transforms;

/// <summary>
/// What a run reads of an image, row by row: pixels of three samples, or of six where those of an instance image follow
/// those of the image. All that is done on the way to the model (padding, cutting into tiles) moves whole pixels, so
/// that it is done to both images alike.
/// </summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Samples">The samples, of an image alone its own.</param>
internal readonly record struct SourcePixels(int Width, int Height, byte[] Samples)
{
    /// <summary>The pixels of a source.</summary>
    public static SourcePixels Of(TranslationSource source)
    {
        var image = source.Image;
        return new(
            image.Width,
            image.Height,
            source.Instances is { } instances ? Join(image.Pixels, instances.Pixels) : image.Pixels
        );
    }

    private static byte[] Join(ReadOnlySpan<byte> image, ReadOnlySpan<byte> instances)
    {
        var joined = GC.AllocateUninitializedArray<byte>(checked(image.Length * 2));
        for (int from = 0, to = 0; from < image.Length; from += 3, to += 6)
        {
            image.Slice(from, 3).CopyTo(joined.AsSpan(to));
            instances.Slice(from, 3).CopyTo(joined.AsSpan(to + 3));
        }
        return joined;
    }
}

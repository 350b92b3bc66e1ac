using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Transforms;

/// <summary>Pixels that are samples in memory.</summary>
/// <param name="width">Columns.</param>
/// <param name="height">Rows.</param>
/// <param name="samples">The samples, of an image alone its own.</param>
internal sealed class SourceSamples(int width, int height, byte[] samples) : SourcePixels(width, height)
{
    public override byte[] Samples => samples;

    /// <summary>The pixels of an image and, where there is one, of its instance image.</summary>
    public static SourceSamples Of(RgbImage image, RgbImage? instances) =>
        new(image.Width, image.Height, instances is null ? image.Pixels : Join(image.Pixels, instances.Pixels));

    public override byte[]? Padded(ImagePadding padding) => padding.IsNone ? samples : null;

    public override void Write(ImagePadding padding, Span<byte> padded) => padding.Pad(samples, padded);

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

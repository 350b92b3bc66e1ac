using Microsoft.ML.Data;

namespace MlNetImageTranslation.Transforms;

/// <summary>
/// The pixels of an MLImage, read where they are: they become RGB on the way to the buffer of the run.
/// </summary>
/// <param name="image">The image; its owner leaves it alone until the run has read it.</param>
/// <param name="source">What it is the image of.</param>
internal sealed class SourceMLImage(MLImage image, TranslationSource source) : SourcePixels(image.Width, image.Height)
{
    public override byte[] Samples => source.Image.Pixels;

    public override void Write(ImagePadding padding, Span<byte> padded)
    {
        var pixels = image.Pixels;
        bool redFirst = Bgra32.IsRedFirst(image);
        int rowBytes = Width * 4;
        for (int y = 0; y < Height; y++)
            Bgra32.ToRgb(pixels.Slice(y * rowBytes, rowBytes), padding.Row(padded, y, 3), redFirst);
        // The span does not keep the image alive, and MLImage frees native memory in its finalizer.
        GC.KeepAlive(image);
        padding.Extend(padded, 3);
    }
}

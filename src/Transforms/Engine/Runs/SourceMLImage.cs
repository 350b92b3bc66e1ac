using Microsoft.ML.Data;

namespace MlNetImageTranslation.Transforms;

/// <summary>
/// The pixels of an MLImage where they are: they become RGB in the buffer of the run, and nowhere before.
/// </summary>
/// <param name="image">The image; it stays as it is until the run has read it.</param>
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

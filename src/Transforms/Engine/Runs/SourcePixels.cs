namespace MlNetImageTranslation.Transforms;

/// <summary>
/// What a run reads of an image, row by row: pixels of three samples, or of six where those of an instance image follow
/// those of the image. All that is done on the way to the model (padding, cutting into tiles) moves whole pixels, so
/// that it is done to both images alike.
/// </summary>
/// <param name="width">Columns.</param>
/// <param name="height">Rows.</param>
internal abstract class SourcePixels(int width, int height)
{
    public int Width => width;

    public int Height => height;

    /// <summary>The samples, for whoever cuts them up.</summary>
    public abstract byte[] Samples { get; }

    /// <summary>The samples of the padded image, where they are in memory already; else null.</summary>
    public virtual byte[]? Padded(ImagePadding padding) => null;

    /// <summary>Writes the padded image to the buffer of a run.</summary>
    public abstract void Write(ImagePadding padding, Span<byte> padded);
}

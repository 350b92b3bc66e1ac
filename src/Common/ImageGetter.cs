using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation;

/// <summary>
/// Reads an ML.NET image column as <see cref="RgbImage"/>. ML.NET disposes its images when the cursor moves on, so they
/// are copied at once.
/// </summary>
/// <param name="row">The row or cursor to read from; the column must be active.</param>
/// <param name="column">A column of <see cref="MLImage"/>.</param>
/// <param name="keepAlpha">Whether alpha is kept, and not composed on white.</param>
internal sealed class ImageGetter(DataViewRow row, DataViewSchema.Column column, bool keepAlpha = false)
{
    private readonly ValueGetter<MLImage> _getter = row.GetGetter<MLImage>(column);
    private MLImage? _image;

    /// <summary>The image of the current row; null where it has none.</summary>
    public RgbImage? Read()
    {
        // The getter disposes the image that it finds here if it made it, and leaves it alone if it is the user's.
        _getter(ref _image!);
        return _image is null or { Width: 0 } or { Height: 0 } ? null : _image.ToRgbImage(keepAlpha);
    }

    /// <summary>An independent copy of an image.</summary>
    public static MLImage? Clone(MLImage? image)
    {
        if (image is null)
            return null;
        var clone = MLImage.CreateFromPixels(image.Width, image.Height, image.PixelFormat, image.Pixels);
        clone.Tag = image.Tag;
        GC.KeepAlive(image);
        return clone;
    }
}

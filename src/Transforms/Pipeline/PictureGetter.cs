using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Transforms;

/// <summary>Reads the pictures of a column as pixels of our own. ML.NET disposes its pictures when it likes, so they are copied at once.</summary>
internal sealed class PictureGetter(DataViewRow row, DataViewSchema.Column column)
{
    private readonly ValueGetter<MLImage> _getter = row.GetGetter<MLImage>(column);
    private MLImage? _picture;

    /// <summary>The picture of the current row; null where it has none.</summary>
    public RgbImage? Read()
    {
        // The getter disposes the picture that it finds here if it made it, and leaves it alone if it is the user's.
        _getter(ref _picture!);
        return _picture is null or { Width: 0 } or { Height: 0 } ? null : _picture.ToRgbImage();
    }

    /// <summary>An independent copy of a picture.</summary>
    public static MLImage? Clone(MLImage? picture)
    {
        if (picture is null) return null;
        var clone = MLImage.CreateFromPixels(picture.Width, picture.Height, picture.PixelFormat, picture.Pixels);
        clone.Tag = picture.Tag;
        GC.KeepAlive(picture);
        return clone;
    }
}

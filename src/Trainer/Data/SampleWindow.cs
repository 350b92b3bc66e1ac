namespace MlNetImageTranslation.Trainer;

/// <summary>A part of an image, maybe mirrored.</summary>
/// <param name="X">First column.</param>
/// <param name="Y">First row.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Mirrored">Whether left and right are exchanged.</param>
internal readonly record struct SampleWindow(int X, int Y, int Width, int Height, bool Mirrored)
{
    /// <summary>The part as an image of its own.</summary>
    public RgbImage Of(RgbImage image)
    {
        var part =
            (X, Y, Width, Height) == (0, 0, image.Width, image.Height)
                ? image
                : ImageGeometry.Crop(image, X, Y, Width, Height);
        return Mirrored ? ImageGeometry.MirrorHorizontally(part) : part;
    }
}

using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// From a decoded image to what the network sees: resize once, crop and mirror anew every time (data/base_dataset.py,
/// get_transform).
/// </summary>
/// <param name="Mode">What is done.</param>
/// <param name="LoadSize">Size (or width) after resizing, in pixels.</param>
/// <param name="CropSize">Size of the crop, in pixels.</param>
/// <param name="Flip">Whether half of all samples are mirrored.</param>
internal sealed record Preprocessing(PreprocessMode Mode, ImageSize LoadSize, ImageSize CropSize, bool Flip)
{
    private bool Crops =>
        Mode is PreprocessMode.ResizeAndCrop or PreprocessMode.Crop or PreprocessMode.ScaleWidthAndCrop;

    /// <summary>The part that is the same every time: bicubic resizing.</summary>
    public RgbImage Resize(RgbImage image)
    {
        var (width, height) = Mode switch
        {
            PreprocessMode.ResizeAndCrop => (LoadSize.Width, LoadSize.Height),
            PreprocessMode.ScaleWidth
            or PreprocessMode.ScaleWidthAndCrop when image.Width == LoadSize.Width && image.Height >= CropSize.Height =>
                (image.Width, image.Height),
            PreprocessMode.ScaleWidth or PreprocessMode.ScaleWidthAndCrop => (
                LoadSize.Width,
                Math.Max((int)((long)LoadSize.Width * image.Height / image.Width), CropSize.Height)
            ),
            PreprocessMode.None => (RoundToFour(image.Width), RoundToFour(image.Height)),
            _ => (image.Width, image.Height),
        };
        return (width, height) == (image.Width, image.Height) ? image : ImageResizer.Resize(image, width, height);
    }

    /// <summary>The window of a resized image that a sample shows, and whether it is mirrored.</summary>
    /// <param name="width">Width of the resized image.</param>
    /// <param name="height">Its height.</param>
    /// <param name="random">Draws: x, y, mirror.</param>
    public SampleWindow Window(int width, int height, CounterRandom random)
    {
        if (!Crops)
            return new(0, 0, width, height, random.NextBoolean() && Flip);
        int x = random.NextInt32(Math.Max(0, width - CropSize.Width) + 1),
            y = random.NextInt32(Math.Max(0, height - CropSize.Height) + 1);
        return new(
            x,
            y,
            Math.Min(CropSize.Width, width),
            Math.Min(CropSize.Height, height),
            random.NextBoolean() && Flip
        );
    }

    /// <summary>The window in the middle, not mirrored: for validation and sample grids.</summary>
    public SampleWindow CentralWindow(int width, int height)
    {
        int w = Crops ? Math.Min(CropSize.Width, width) : width,
            h = Crops ? Math.Min(CropSize.Height, height) : height;
        return new((width - w) / 2, (height - h) / 2, w, h, false);
    }

    private static int RoundToFour(int side) => Math.Max(4, (int)Math.Round(side / 4.0) * 4);
}

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

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
    /// <summary>Largest change of the colour factors, 0 to 1.</summary>
    public double ColorJitter { get; init; }

    /// <summary>Largest angle, in degrees.</summary>
    public double Rotation { get; init; }

    private bool Crops =>
        Mode is PreprocessMode.ResizeAndCrop or PreprocessMode.Crop or PreprocessMode.ScaleWidthAndCrop;

    /// <summary>The part that is the same every time: bicubic resizing.</summary>
    /// <param name="image">The image.</param>
    /// <param name="labels">Whether it is a label image, whose colours are not mixed.</param>
    public RgbImage Resize(RgbImage image, bool labels = false)
    {
        var size = Resized(new(image.Width, image.Height));
        return (size.Width, size.Height) == (image.Width, image.Height)
            ? image
            : image.Resize(size.Width, size.Height, labels ? ResizeFilter.Nearest : ResizeFilter.Bicubic);
    }

    /// <summary>The size of the samples of an image.</summary>
    /// <param name="image">The image's size.</param>
    public ImageSize SampleSize(ImageSize image)
    {
        var resized = Resized(image);
        var window = CentralWindow(resized.Width, resized.Height);
        return new(window.Width, window.Height);
    }

    private ImageSize Resized(ImageSize image) =>
        Mode switch
        {
            PreprocessMode.ResizeAndCrop => LoadSize,
            PreprocessMode.ScaleWidth
            or PreprocessMode.ScaleWidthAndCrop when image.Width == LoadSize.Width && image.Height >= CropSize.Height =>
                image,
            PreprocessMode.ScaleWidth or PreprocessMode.ScaleWidthAndCrop => new(
                LoadSize.Width,
                Math.Max((int)((long)LoadSize.Width * image.Height / image.Width), CropSize.Height)
            ),
            PreprocessMode.None => new(RoundToFour(image.Width), RoundToFour(image.Height)),
            _ => image,
        };

    /// <summary>The window of a resized image that a sample shows, and whether it is mirrored.</summary>
    /// <param name="width">Width of the resized image.</param>
    /// <param name="height">Its height.</param>
    /// <param name="random">Draws: x, y, mirror, angle, brightness, contrast, saturation.</param>
    public SampleWindow Window(int width, int height, CounterRandom random)
    {
        if (!Crops)
            return Vary(new(0, 0, width, height, random.NextBoolean() && Flip), ref random);
        int x = random.NextInt32(Math.Max(0, width - CropSize.Width) + 1),
            y = random.NextInt32(Math.Max(0, height - CropSize.Height) + 1);
        var (w, h) = (Math.Min(CropSize.Width, width), Math.Min(CropSize.Height, height));
        return Vary(new(x, y, w, h, random.NextBoolean() && Flip), ref random);
    }

    /// <summary>The window in the middle, not mirrored: for validation and sample grids.</summary>
    public SampleWindow CentralWindow(int width, int height)
    {
        int w = Crops ? Math.Min(CropSize.Width, width) : width,
            h = Crops ? Math.Min(CropSize.Height, height) : height;
        return new((width - w) / 2, (height - h) / 2, w, h, false);
    }

    private SampleWindow Vary(SampleWindow window, ref CounterRandom random)
    {
        double angle = Between(-Rotation, Rotation, random.NextDouble());
        var colors = new ColorFactors(
            Between(1 - ColorJitter, 1 + ColorJitter, random.NextDouble()),
            Between(1 - ColorJitter, 1 + ColorJitter, random.NextDouble()),
            Between(1 - ColorJitter, 1 + ColorJitter, random.NextDouble())
        );
        return window with { Angle = angle, Colors = ColorJitter > 0 ? colors : null };
    }

    private static double Between(double low, double high, double share) => low + (high - low) * share;

    private static int RoundToFour(int side) => Math.Max(4, (int)Math.Round(side / 4.0) * 4);
}

/// <summary>A part of an image, maybe turned, mirrored and in other colours.</summary>
/// <param name="X">First column.</param>
/// <param name="Y">First row.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Mirrored">Whether left and right are exchanged.</param>
internal readonly record struct SampleWindow(int X, int Y, int Width, int Height, bool Mirrored)
{
    /// <summary>Degrees by which the part is turned around its middle, counter-clockwise.</summary>
    public double Angle { get; init; }

    /// <summary>The change of its colours; null for none.</summary>
    public ColorFactors? Colors { get; init; }

    /// <summary>The part as an image of its own, in the colours of the image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="labels">Whether it is a label image, whose colours are not mixed.</param>
    public RgbImage Of(RgbImage image, bool labels = false)
    {
        var part =
            Angle != 0 ? TurnedPart.Of(image, this, labels)
            : (X, Y, Width, Height) == (0, 0, image.Width, image.Height) ? image
            : image.Crop(X, Y, Width, Height);
        return Mirrored ? part.MirrorHorizontally() : part;
    }

    /// <summary>The part as an image of its own, in other colours where they are to change.</summary>
    public RgbImage Recolored(RgbImage image) => Colors is { } colors ? colors.Of(Of(image)) : Of(image);
}

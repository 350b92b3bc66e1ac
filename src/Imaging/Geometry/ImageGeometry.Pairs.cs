namespace MlNetImageTranslation.Imaging;

// The side-by-side form of image pairs: A in the left half, B in the right half of one file.
public static partial class ImageGeometry
{
    /// <summary>Cuts an image into its left and right half.</summary>
    /// <param name="image">An image of even width.</param>
    /// <param name="name">Names the image in messages.</param>
    /// <exception cref="FormatException">The width is odd.</exception>
    public static (RgbImage A, RgbImage B) SplitPair(RgbImage image, string name = "image")
    {
        ArgumentNullException.ThrowIfNull(image);
        if (image.Width % 2 != 0)
            throw new FormatException($"Image '{name}' is {image.Size}; a side-by-side pair has an even width.");
        var half = image.Width / 2;
        return (Crop(image, 0, 0, half, image.Height), Crop(image, half, 0, half, image.Height));
    }

    /// <summary>Puts two images of the same size side by side.</summary>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static RgbImage JoinPair(RgbImage a, RgbImage b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (a.Width != b.Width || a.Height != b.Height)
            throw new ArgumentException($"A pair has two images of one size; got {a.Size} and {b.Size}.", nameof(b));
        var result = RgbImage.Uninitialized(a.Width * 2, a.Height);
        Paste(a, result, 0, 0);
        Paste(b, result, a.Width, 0);
        return result;
    }
}

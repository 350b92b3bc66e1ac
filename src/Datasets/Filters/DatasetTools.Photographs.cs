using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Datasets;

// Turns photographs into the other half of a training pair.
public static partial class DatasetTools
{
    /// <summary>A pencil drawing of the photograph: soft strokes, each pixel in relation to its surroundings.</summary>
    /// <param name="image">The photograph.</param>
    /// <param name="strength">1 by default; more gives darker lines. Over 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A strength that is not over 0.</exception>
    public static RgbImage Pencil(RgbImage image, double strength = 1)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(strength);
        return DrawPencil(image.ToGray(), 6 * StrokeScale(image), strength);
    }

    /// <summary>A line drawing of the photograph: black on white where the brightness changes.</summary>
    /// <inheritdoc cref="Pencil(RgbImage, double)"/>
    public static RgbImage Edges(RgbImage image, double strength = 1)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(strength);
        return DrawEdges(image.ToGray(), 0.9 * StrokeScale(image), strength);
    }

    /// <summary>
    /// Shrinks by <paramref name="factor"/> and enlarges again to the old size (both bicubic): the blurred half of a
    /// super-resolution pair.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A factor below 2.</exception>
    public static RgbImage Downscale(RgbImage image, int factor)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfLessThan(factor, 2);
        var small = image.Resize(Math.Max(1, image.Width / factor), Math.Max(1, image.Height / factor));
        return small.Resize(image.Width, image.Height);
    }

    // The strokes grow with the image, so that a large photograph does not get hairlines.
    private static double StrokeScale(RgbImage image) => Math.Max(1.0, Math.Min(image.Width, image.Height) / 256.0);

    // "Colour dodge" of the image with its blurred negative: paper stays white, whatever is darker than its
    // surroundings remains.
    private static RgbImage DrawPencil(RgbImage gray, double sigma, double strength)
    {
        var smooth = GaussianBlur.Apply(gray, sigma);
        var result = RgbImage.Uninitialized(gray.Width, gray.Height);
        for (var i = 0; i < gray.Pixels.Length; i++)
        {
            var ratio = (gray.Pixels[i] + 8.0) / (smooth.Pixels[i] + 8.0);
            result.Pixels[i] = (byte)Math.Clamp(255 * Math.Pow(Math.Min(ratio, 1), 1.6 * strength) + 0.5, 0, 255);
        }
        return result;
    }

    // Difference of Gaussians with a soft threshold (Winnemoeller, Kyprianidis, Olsen 2012, "XDoG").
    private static RgbImage DrawEdges(RgbImage gray, double sigma, double strength)
    {
        const double Sharpness = 0.98,
            Slope = 0.12;
        RgbImage narrow = GaussianBlur.Apply(gray, sigma),
            wide = GaussianBlur.Apply(gray, 1.6 * sigma);
        var result = RgbImage.Uninitialized(gray.Width, gray.Height);
        for (var i = 0; i < gray.Pixels.Length; i++)
        {
            var difference = narrow.Pixels[i] - Sharpness * wide.Pixels[i];
            var level = difference >= 0 ? 1 : 1 + Math.Tanh(Slope * strength * difference);
            result.Pixels[i] = (byte)(255 * level + 0.5);
        }
        return result;
    }
}

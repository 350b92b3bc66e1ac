using System.Runtime.InteropServices;

namespace MlNetImageTranslation.Imaging;

/// <summary>
/// Crop, mirror, turn, pad, and join: what <see cref="RgbImage"/> offers of it and more. Every
/// method returns a new image, or the same one where nothing changes.
/// </summary>
internal static class ImageGeometry
{
    /// <summary>The part of an image whose top left pixel is (<paramref name="x"/>, <paramref name="y"/>).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rectangle is empty or reaches out of the image.</exception>
    public static RgbImage Crop(RgbImage image, int x, int y, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (x < 0 || y < 0 || width < 1 || height < 1 || width > image.Width - x || height > image.Height - y)
            throw new ArgumentOutOfRangeException(
                nameof(x),
                $"Crop {width}x{height} at ({x}, {y}) does not lie inside a {image.Size} image."
            );
        if (width == image.Width && height == image.Height)
            return image;
        var result = RgbImage.Uninitialized(width, height);
        for (var row = 0; row < height; row++)
            image.Row(y + row).Slice(x * 3, width * 3).CopyTo(result.Row(row));
        return result;
    }

    /// <summary>Left becomes right.</summary>
    public static RgbImage MirrorHorizontally(RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var result = RgbImage.Uninitialized(image.Width, image.Height);
        for (var y = 0; y < image.Height; y++)
        {
            var from = MemoryMarshal.Cast<byte, Pixel>(image.Row(y));
            var to = MemoryMarshal.Cast<byte, Pixel>(result.Row(y));
            from.CopyTo(to);
            to.Reverse();
        }
        return result;
    }

    /// <summary>Turns a stored image upright. The result is 90 degrees turned images' height wide.</summary>
    internal static RgbImage Orient(RgbImage image, ExifOrientation orientation)
    {
        ArgumentNullException.ThrowIfNull(image);
        int width = image.Width,
            height = image.Height;
        // Start pixel and steps (per result column, per result row) in the stored image.
        var (start, across, down) = orientation switch
        {
            ExifOrientation.Normal => (0, 1, width),
            ExifOrientation.MirrorHorizontal => (width - 1, -1, width),
            ExifOrientation.Rotate180 => (width * height - 1, -1, -width),
            ExifOrientation.MirrorVertical => (width * (height - 1), 1, -width),
            ExifOrientation.Transpose => (0, width, 1),
            ExifOrientation.Rotate90 => (width * (height - 1), -width, 1),
            ExifOrientation.Transverse => (width * height - 1, -width, -1),
            ExifOrientation.Rotate270 => (width - 1, width, -1),
            _ => throw new ArgumentOutOfRangeException(
                nameof(orientation),
                orientation,
                "Expected a value from 1 to 8."
            ),
        };
        if (orientation == ExifOrientation.Normal)
            return image;
        var turned = orientation >= ExifOrientation.Transpose;
        var result = RgbImage.Uninitialized(turned ? height : width, turned ? width : height);
        var source = MemoryMarshal.Cast<byte, Pixel>(image.Pixels.AsSpan());
        for (var y = 0; y < result.Height; y++)
        {
            var row = MemoryMarshal.Cast<byte, Pixel>(result.Row(y));
            var at = start + y * down;
            for (var x = 0; x < row.Length; x++, at += across)
                row[x] = source[at];
        }
        return result;
    }

    /// <summary>Adds margins of one colour.</summary>
    public static RgbImage Pad(RgbImage image, int left, int top, int right, int bottom, (byte R, byte G, byte B) color)
    {
        ArgumentNullException.ThrowIfNull(image);
        CheckMargins(left, top, right, bottom);
        var result = RgbImage.Filled(
            left + image.Width + right,
            top + image.Height + bottom,
            color.R,
            color.G,
            color.B
        );
        Paste(image, result, left, top);
        return result;
    }

    /// <summary>
    /// Copies <paramref name="image"/> into <paramref name="target"/> with its top left pixel at (x, y).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It does not fit there.</exception>
    public static void Paste(RgbImage image, RgbImage target, int x, int y)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(target);
        if (x < 0 || y < 0 || image.Width > target.Width - x || image.Height > target.Height - y)
            throw new ArgumentOutOfRangeException(
                nameof(x),
                $"A {image.Size} image at ({x}, {y}) does not lie inside a {target.Size} image."
            );
        for (var row = 0; row < image.Height; row++)
            image.Row(row).CopyTo(target.Row(y + row)[(x * 3)..]);
    }

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

    private static void CheckMargins(int left, int top, int right, int bottom)
    {
        if ((left | top | right | bottom) < 0)
            throw new ArgumentOutOfRangeException(
                nameof(left),
                $"Margins must not be negative; got left {left}, top {top}, right {right}, bottom {bottom}."
            );
    }

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private readonly struct Pixel
    {
        private readonly byte _r,
            _g,
            _b;
    }
}

using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms.Image;

/// <summary>Resizing as SkiaSharp does it for ML.NET: Fill by the nearest pixel, the others by Mitchell's cubic without antialiasing.</summary>
internal static class ImageScaler
{
    public static MLImage Resize(MLImage image, ImageResizing options)
    {
        if (options.Kind == ImageResizingEstimator.ResizingKind.Fill) return Fill(image, options.Width, options.Height);
        var (x, y, width, height) = options.Kind == ImageResizingEstimator.ResizingKind.IsoPad ? Pad(image, options) : Crop(image, options);
        return Draw(image, options.Width, options.Height, x, y, width, height);
    }

    private static MLImage Fill(MLImage image, int width, int height)
    {
        var source = image.Pixels;
        var result = new byte[width * height * 4];
        for (var y = 0; y < height; y++)
        {
            var row = Nearest(y, height, image.Height) * image.Width;
            for (var x = 0; x < width; x++)
                source.Slice((row + Nearest(x, width, image.Width)) * 4, 4).CopyTo(result.AsSpan((y * width + x) * 4));
        }
        return MLImage.CreateFromPixels(width, height, image.PixelFormat, result);
    }

    // The source pixel under the centre of the new one; Skia lets exact borders fall to the lower pixel.
    private static int Nearest(int position, int size, int sourceSize) => (int)(((2L * position + 1) * sourceSize - 1) / (2L * size));

    private static (int X, int Y, int Width, int Height) Pad(MLImage image, ImageResizing options)
    {
        var byWidth = (float)options.Width / image.Width;
        var byHeight = (float)options.Height / image.Height;
        var scale = Math.Min(byWidth, byHeight);
        var x = byHeight < byWidth ? (int)((options.Width - image.Width * scale) / 2) : 0;
        var y = byHeight < byWidth ? 0 : (int)((options.Height - image.Height * scale) / 2);
        return (x, y, (int)(image.Width * scale), (int)(image.Height * scale));
    }

    private static (int X, int Y, int Width, int Height) Crop(MLImage image, ImageResizing options)
    {
        var byWidth = (float)options.Width / image.Width;
        var byHeight = (float)options.Height / image.Height;
        var scale = Math.Max(byWidth, byHeight);
        var spareX = options.Width - image.Width * scale;
        var spareY = options.Height - image.Height * scale;
        int x = 0, y = 0;
        if (byHeight < byWidth)
            y = options.Anchor switch { ImageResizingEstimator.Anchor.Top => 0, ImageResizingEstimator.Anchor.Bottom => (int)spareY, _ => (int)(spareY / 2) };
        else
            x = options.Anchor switch { ImageResizingEstimator.Anchor.Left => 0, ImageResizingEstimator.Anchor.Right => (int)spareX, _ => (int)(spareX / 2) };
        return (x, y, (int)(image.Width * scale), (int)(image.Height * scale));
    }

    private static MLImage Draw(MLImage image, int width, int height, int left, int top, int drawnWidth, int drawnHeight)
    {
        var result = new byte[width * height * 4];
        var source = image.Pixels;
        Span<int> columns = stackalloc int[4], rows = stackalloc int[4];
        Span<float> columnWeights = stackalloc float[4], rowWeights = stackalloc float[4];
        for (var y = Math.Max(0, top); y < Math.Min(height, top + drawnHeight); y++)
        {
            MitchellKernel.Taps(y - top, drawnHeight, image.Height, rows, rowWeights);
            for (var x = Math.Max(0, left); x < Math.Min(width, left + drawnWidth); x++)
            {
                MitchellKernel.Taps(x - left, drawnWidth, image.Width, columns, columnWeights);
                for (var channel = 0; channel < 4; channel++)
                {
                    var sum = 0f;
                    for (var i = 0; i < 4; i++)
                    {
                        var line = 0f;
                        for (var j = 0; j < 4; j++) line += columnWeights[j] * source[(rows[i] * image.Width + columns[j]) * 4 + channel];
                        sum += rowWeights[i] * line;
                    }
                    result[(y * width + x) * 4 + channel] = (byte)Math.Clamp(sum + 0.5f, 0f, 255f);
                }
            }
        }
        return MLImage.CreateFromPixels(width, height, image.PixelFormat, result);
    }
}

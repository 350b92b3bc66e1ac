namespace MlNetImageTranslation.Trainer;

/// <summary>
/// A window of an image, turned around the window's middle: bilinear between pixel centres, mirrored at the image's
/// edges.
/// </summary>
internal static class TurnedPart
{
    /// <summary>The part; its content is turned counter-clockwise.</summary>
    /// <param name="image">The image.</param>
    /// <param name="window">The window and its angle.</param>
    /// <param name="nearest">Whether pixels are taken as they are, not mixed.</param>
    public static RgbImage Of(RgbImage image, SampleWindow window, bool nearest)
    {
        var (sine, cosine) = Math.SinCos(window.Angle * (Math.PI / 180));
        double middleX = window.X + (window.Width - 1) / 2.0,
            middleY = window.Y + (window.Height - 1) / 2.0;
        var result = RgbImage.Uninitialized(window.Width, window.Height);
        for (int y = 0; y < window.Height; y++)
        {
            var row = result.Row(y);
            double down = window.Y + y - middleY;
            for (int x = 0; x < window.Width; x++)
            {
                double right = window.X + x - middleX;
                double fromX = middleX + cosine * right - sine * down,
                    fromY = middleY + sine * right + cosine * down;
                if (nearest)
                    (fromX, fromY) = (Math.Round(fromX), Math.Round(fromY));
                Sample(image, fromX, fromY, row.Slice(3 * x, 3));
            }
        }
        return result;
    }

    private static void Sample(RgbImage image, double x, double y, Span<byte> pixel)
    {
        int left = (int)Math.Floor(x),
            top = (int)Math.Floor(y);
        double toRight = x - left,
            toBottom = y - top;
        int x0 = 3 * Mirrored(left, image.Width),
            x1 = 3 * Mirrored(left + 1, image.Width);
        Span<byte> upper = image.Row(Mirrored(top, image.Height)),
            lower = image.Row(Mirrored(top + 1, image.Height));
        for (int channel = 0; channel < 3; channel++)
        {
            double above = upper[x0 + channel] + (upper[x1 + channel] - upper[x0 + channel]) * toRight,
                below = lower[x0 + channel] + (lower[x1 + channel] - lower[x0 + channel]) * toRight;
            pixel[channel] = (byte)Math.Round(above + (below - above) * toBottom);
        }
    }

    // -1 is 1, and length is length - 2; further out the image goes on to and fro.
    private static int Mirrored(int place, int length)
    {
        if (length == 1)
            return 0;
        int period = 2 * (length - 1),
            inside = (place % period + period) % period;
        return inside < length ? inside : period - inside;
    }
}

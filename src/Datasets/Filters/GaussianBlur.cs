using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Datasets;

/// <summary>Gaussian smoothing.</summary>
internal static class GaussianBlur
{
    /// <summary>Smooths all channels; the border is mirrored.</summary>
    /// <param name="image">The image; returned itself for sigma 0.</param>
    /// <param name="sigma">Standard deviation in pixels, 0 or more. The kernel reaches 4 sigma.</param>
    /// <exception cref="ArgumentOutOfRangeException">A negative sigma.</exception>
    public static RgbImage Apply(RgbImage image, double sigma)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfNegative(sigma);
        if (sigma == 0)
            return image;
        var kernel = Kernel(sigma);
        var samples = Array.ConvertAll(image.Pixels, value => (float)value);
        var across = new float[samples.Length];
        for (var y = 0; y < image.Height; y++)
        for (var c = 0; c < 3; c++)
            Line(samples, across, y * image.Width * 3 + c, 3, image.Width, kernel);
        var result = RgbImage.Uninitialized(image.Width, image.Height);
        for (var x = 0; x < image.Width * 3; x++)
            Line(across, samples, x, image.Width * 3, image.Height, kernel);
        for (var i = 0; i < samples.Length; i++)
            result.Pixels[i] = (byte)Math.Clamp(MathF.Round(samples[i]), 0f, 255f);
        return result;
    }

    private static float[] Kernel(double sigma)
    {
        var radius = (int)(4 * sigma + 0.5);
        var weights = Enumerable
            .Range(-radius, 2 * radius + 1)
            .Select(i => Math.Exp(-0.5 * i * i / (sigma * sigma)))
            .ToArray();
        var sum = weights.Sum();
        return Array.ConvertAll(weights, w => (float)(w / sum));
    }

    private static void Line(float[] source, float[] target, int start, int step, int count, float[] kernel)
    {
        var radius = kernel.Length / 2;
        for (var i = 0; i < count; i++)
        {
            var sum = 0f;
            for (var k = -radius; k <= radius; k++)
            {
                var at = i + k;
                // Half-sample symmetric: d c b a | a b c d | d c b a.
                if ((uint)at >= (uint)count)
                {
                    at = ((at % (2 * count)) + 2 * count) % (2 * count);
                    if (at >= count)
                        at = 2 * count - 1 - at;
                }
                sum += kernel[k + radius] * source[start + at * step];
            }
            target[start + i * step] = sum;
        }
    }
}

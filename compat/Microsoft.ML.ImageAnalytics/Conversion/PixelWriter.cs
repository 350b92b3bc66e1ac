using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms.Image;

/// <summary>Makes pictures of vectors: x without scaling is cut to a byte; with scaling round(x * scale - offset) is. Neither clamps.</summary>
internal static class PixelWriter
{
    public static MLImage Create<T>(ReadOnlySpan<T> values, Func<T, float> convert, ImageConversion options, bool scaled)
    {
        var pixels = options.Height * options.Width;
        var result = new byte[pixels * 4];
        var layout = options.Layout;
        var (planeStride, pixelStride) = layout.Strides(pixels);
        // Missing colours are 0 and missing alpha 255, before scaling; scaling makes missing alpha 0.
        ReadOnlySpan<(int Plane, float Missing)> channels = [(layout.Blue, 0), (layout.Green, 0), (layout.Red, 0), (layout.Alpha, 255)];
        for (var channel = 0; channel < 4; channel++)
        {
            var (plane, missing) = channels[channel];
            for (var i = 0; i < pixels; i++)
            {
                var value = plane < 0 ? missing : convert(values[plane * planeStride + i * pixelStride]);
                result[i * 4 + channel] = !scaled ? unchecked((byte)value)
                    : channel == 3 && plane < 0 ? (byte)0
                    : unchecked((byte)Math.Round(value * options.Scale - options.Offset));
            }
        }
        return MLImage.CreateFromPixels(options.Width, options.Height, MLPixelFormat.Bgra32, result);
    }
}

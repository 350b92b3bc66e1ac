using Microsoft.ML.Data;

namespace Microsoft.ML.Compat.Imaging;

/// <summary>Premultiplied alpha with Skia's rounding.</summary>
internal static class Alpha
{
    /// <summary>Multiplies the colours of 4-byte pixels (alpha last) by their alpha, in place.</summary>
    public static void Premultiply(Span<byte> pixels)
    {
        for (var i = 0; i < pixels.Length; i += 4)
        {
            var alpha = pixels[i + 3];
            if (alpha == 255) continue;
            for (var c = 0; c < 3; c++)
            {
                var product = pixels[i + c] * alpha + 128;
                pixels[i + c] = (byte)((product + (product >> 8)) >> 8);
            }
        }
    }

    /// <summary>The inverse of <see cref="Premultiply"/>, as far as 8 bits allow; transparent pixels become black.</summary>
    public static byte[] Unpremultiply(ReadOnlySpan<byte> pixels)
    {
        var result = pixels.ToArray();
        for (var i = 0; i < result.Length; i += 4)
        {
            var alpha = result[i + 3];
            if (alpha == 255) continue;
            for (var c = 0; c < 3; c++)
                result[i + c] = alpha == 0 ? (byte)0 : (byte)Math.Min(255, (result[i + c] * 255 + alpha / 2) / alpha);
        }
        return result;
    }

    /// <summary>Blue, green, red of every pixel, not premultiplied.</summary>
    public static byte[] ToBgr(ReadOnlySpan<byte> pixels, MLPixelFormat format)
    {
        var straight = Unpremultiply(pixels);
        var bgr = new byte[pixels.Length / 4 * 3];
        var (blue, red) = format == MLPixelFormat.Bgra32 ? (0, 2) : (2, 0);
        for (int from = 0, to = 0; from < straight.Length; from += 4, to += 3)
        {
            bgr[to] = straight[from + blue];
            bgr[to + 1] = straight[from + 1];
            bgr[to + 2] = straight[from + red];
        }
        return bgr;
    }
}

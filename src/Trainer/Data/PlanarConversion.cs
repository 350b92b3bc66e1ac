using System.Runtime.Intrinsics;

namespace MlNetImageTranslation.Trainer;

/// <summary>Between RGB bytes and the planar floats in [-1, 1] that networks see (channels, rows, columns).</summary>
internal static class PlanarConversion
{
    private static readonly Vector128<byte> Deinterleave = Vector128.Create(
        (byte)0,
        3,
        6,
        9,
        1,
        4,
        7,
        10,
        2,
        5,
        8,
        11,
        255,
        255,
        255,
        255
    );
    private static readonly Vector128<byte> Interleave = Vector128.Create(
        (byte)0,
        4,
        8,
        1,
        5,
        9,
        2,
        6,
        10,
        3,
        7,
        11,
        255,
        255,
        255,
        255
    );

    /// <summary>
    /// Writes (p / 255 - 0.5) / 0.5 in single precision, in this order of operations: bit for bit what torchvision's
    /// ToTensor and Normalize(0.5, 0.5) give.
    /// </summary>
    /// <param name="pixels">Interleaved RGB, 3 * n bytes.</param>
    /// <param name="planes">3 * n floats: all of red, all of green, all of blue.</param>
    /// <exception cref="ArgumentException">The lengths differ or are no multiple of 3.</exception>
    public static void ToPlanar(ReadOnlySpan<byte> pixels, Span<float> planes)
    {
        var count = CheckLengths(pixels.Length, planes.Length);
        Span<float> red = planes[..count],
            green = planes.Slice(count, count),
            blue = planes.Slice(2 * count, count);
        var i = 0;
        for (; i * 3 + 16 <= pixels.Length; i += 4)
        {
            var bytes = Vector128.Shuffle(Vector128.Create(pixels.Slice(i * 3, 16)), Deinterleave);
            var (low, high) = Vector128.Widen(bytes);
            Normalize(Vector128.WidenLower(low)).CopyTo(red[i..]);
            Normalize(Vector128.WidenUpper(low)).CopyTo(green[i..]);
            Normalize(Vector128.WidenLower(high)).CopyTo(blue[i..]);
        }
        for (; i < count; i++)
        {
            red[i] = (pixels[i * 3] / 255f - 0.5f) * 2f;
            green[i] = (pixels[i * 3 + 1] / 255f - 0.5f) * 2f;
            blue[i] = (pixels[i * 3 + 2] / 255f - 0.5f) * 2f;
        }
    }

    /// <summary>Writes (v + 1) * 127.5, rounded half to even and clamped to 0..255; NaN becomes 0.</summary>
    /// <param name="planes">3 * n floats: all of red, all of green, all of blue.</param>
    /// <param name="pixels">Interleaved RGB, 3 * n bytes.</param>
    /// <exception cref="ArgumentException">The lengths differ or are no multiple of 3.</exception>
    public static void FromPlanar(ReadOnlySpan<float> planes, Span<byte> pixels)
    {
        var count = CheckLengths(pixels.Length, planes.Length);
        ReadOnlySpan<float> red = planes[..count],
            green = planes.Slice(count, count),
            blue = planes.Slice(2 * count, count);
        var i = 0;
        for (; i * 3 + 16 <= pixels.Length; i += 4)
        {
            var low = Vector128.Narrow(
                Levels(Vector128.Create(red.Slice(i, 4))),
                Levels(Vector128.Create(green.Slice(i, 4)))
            );
            var high = Vector128.Narrow(Levels(Vector128.Create(blue.Slice(i, 4))), Vector128<int>.Zero);
            Vector128.Shuffle(Vector128.Narrow(low.AsUInt16(), high.AsUInt16()), Interleave).CopyTo(pixels[(i * 3)..]);
        }
        for (; i < count; i++)
        {
            pixels[i * 3] = Level(red[i]);
            pixels[i * 3 + 1] = Level(green[i]);
            pixels[i * 3 + 2] = Level(blue[i]);
        }
    }

    /// <summary>The image as 3 * height * width floats in [-1, 1].</summary>
    public static float[] ToPlanar(this RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var planes = GC.AllocateUninitializedArray<float>(image.Pixels.Length);
        ToPlanar(image.Pixels, planes);
        return planes;
    }

    /// <summary>An image from 3 * height * width floats in [-1, 1].</summary>
    public static RgbImage FromPlanar(ReadOnlySpan<float> planes, int width, int height)
    {
        var image = RgbImage.Uninitialized(width, height);
        FromPlanar(planes, image.Pixels);
        return image;
    }

    private static Vector128<float> Normalize(Vector128<uint> bytes) =>
        (Vector128.ConvertToSingle(bytes.AsInt32()) / 255f - Vector128.Create(0.5f)) * 2f;

    private static Vector128<int> Levels(Vector128<float> values)
    {
        var known = Vector128.ConditionalSelect(Vector128.Equals(values, values), values, Vector128.Create(-1f));
        var scaled = (known + Vector128<float>.One) * 127.5f;
        return Vector128.ConvertToInt32(
            Vector128.Round(Vector128.Min(Vector128.Max(scaled, Vector128<float>.Zero), Vector128.Create(255f)))
        );
    }

    private static byte Level(float value) =>
        float.IsNaN(value)
            ? (byte)0
            : (byte)Math.Clamp(MathF.Round((value + 1f) * 127.5f, MidpointRounding.ToEven), 0f, 255f);

    private static int CheckLengths(int bytes, int floats) =>
        bytes == floats && bytes % 3 == 0
            ? bytes / 3
            : throw new ArgumentException(
                $"RGB needs as many bytes as floats, a multiple of 3; got {bytes} bytes and {floats} floats."
            );
}

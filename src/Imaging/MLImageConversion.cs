using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Microsoft.ML.Data;

namespace MlNetImageTranslation.Imaging;

/// <summary>Between <see cref="RgbImage"/> and ML.NET's <see cref="MLImage"/>.</summary>
public static class MLImageConversion
{
    // What Vector128.Shuffle takes from 4 pixels of 4 bytes to make 12 bytes of RGB; the last 4 are overwritten by what
    // follows.
    private static readonly Vector128<byte> FromBgra = Vector128.Create(
        (byte)2,
        1,
        0,
        6,
        5,
        4,
        10,
        9,
        8,
        14,
        13,
        12,
        255,
        255,
        255,
        255
    );
    private static readonly Vector128<byte> FromRgba = Vector128.Create(
        (byte)0,
        1,
        2,
        4,
        5,
        6,
        8,
        9,
        10,
        12,
        13,
        14,
        255,
        255,
        255,
        255
    );
    private static readonly Vector128<byte> ToBgra = Vector128.Create(
        (byte)2,
        1,
        0,
        255,
        5,
        4,
        3,
        255,
        8,
        7,
        6,
        255,
        11,
        10,
        9,
        255
    );

    /// <summary>
    /// Copies an MLImage, composing it on white. ML.NET decodes to premultiplied alpha, so a sample becomes p + 255 -
    /// a.
    /// </summary>
    /// <param name="image">Bgra32 or Rgba32; stays the caller's.</param>
    /// <exception cref="NotSupportedException">Another pixel format.</exception>
    public static RgbImage ToRgbImage(this MLImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var bgra = image.PixelFormat switch
        {
            MLPixelFormat.Bgra32 => true,
            MLPixelFormat.Rgba32 => false,
            var other => throw new NotSupportedException(
                $"MLImage has pixel format {other}; expected Bgra32 or Rgba32."
            ),
        };
        var result = RgbImage.Uninitialized(image.Width, image.Height);
        var source = image.Pixels;
        if (IsOpaque(source))
            CopyOpaque(source, result.Pixels, bgra);
        else
            ComposeOnWhite(source, result.Pixels, bgra);
        // The span does not keep the image alive, and the real MLImage frees native memory in its finalizer.
        GC.KeepAlive(image);
        return result;
    }

    /// <summary>
    /// Copies to a new, opaque MLImage in Bgra32, the format that ML.NET decodes to; the caller disposes it.
    /// </summary>
    public static MLImage ToMLImage(this RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var buffer = GC.AllocateUninitializedArray<byte>(checked(image.Width * image.Height * 4));
        ReadOnlySpan<byte> source = image.Pixels;
        Span<byte> target = buffer;
        int from = 0,
            to = 0;
        var opaque = Vector128.Create(0xFF000000u).AsByte();
        for (; from + 16 <= source.Length; from += 12, to += 16)
            (Vector128.Shuffle(Vector128.Create(source.Slice(from, 16)), ToBgra) | opaque).CopyTo(target[to..]);
        for (; from < source.Length; from += 3, to += 4)
        {
            target[to] = source[from + 2];
            target[to + 1] = source[from + 1];
            target[to + 2] = source[from];
            target[to + 3] = 255;
        }
        return MLImage.CreateFromPixels(image.Width, image.Height, MLPixelFormat.Bgra32, buffer);
    }

    private static bool IsOpaque(ReadOnlySpan<byte> pixels)
    {
        var all = uint.MaxValue;
        foreach (var pixel in MemoryMarshal.Cast<byte, uint>(pixels))
            all &= pixel;
        return all >> 24 == 255;
    }

    private static void CopyOpaque(ReadOnlySpan<byte> source, Span<byte> target, bool bgra)
    {
        var order = bgra ? FromBgra : FromRgba;
        int from = 0,
            to = 0;
        for (; to + 16 <= target.Length; from += 16, to += 12)
            Vector128.Shuffle(Vector128.Create(source.Slice(from, 16)), order).CopyTo(target[to..]);
        var (red, blue) = bgra ? (2, 0) : (0, 2);
        for (; to < target.Length; from += 4, to += 3)
        {
            target[to] = source[from + red];
            target[to + 1] = source[from + 1];
            target[to + 2] = source[from + blue];
        }
    }

    private static void ComposeOnWhite(ReadOnlySpan<byte> source, Span<byte> target, bool bgra)
    {
        var (red, blue) = bgra ? (2, 0) : (0, 2);
        for (int from = 0, to = 0; to < target.Length; from += 4, to += 3)
        {
            var white = 255 - source[from + 3];
            target[to] = (byte)Math.Min(255, source[from + red] + white);
            target[to + 1] = (byte)Math.Min(255, source[from + 1] + white);
            target[to + 2] = (byte)Math.Min(255, source[from + blue] + white);
        }
    }
}

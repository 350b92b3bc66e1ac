using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Microsoft.ML.Data;

namespace MlNetImageTranslation;

/// <summary>Between RGB and the 32-bit pixels of Skia and ML.NET, whose colours are premultiplied by alpha.</summary>
/// <remarks>This file is compiled into the libraries that convert images.</remarks>
internal static class Bgra32
{
    // What Vector128.Shuffle takes from 4 pixels of 4 bytes to make 12 bytes of RGB, and back; an index of 255 gives 0.
    // The last 4 bytes are overwritten by what follows.
    private static readonly Vector128<byte> FromBgra = Order(
        2,
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
    private static readonly Vector128<byte> FromRgba = Order(
        0,
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
    private static readonly Vector128<byte> ToBgra = Order(2, 1, 0, 255, 5, 4, 3, 255, 8, 7, 6, 255, 11, 10, 9, 255);

    /// <summary>Composes 32-bit pixels on white: a sample becomes p + 255 - a.</summary>
    /// <param name="source">4 bytes a pixel: blue, green, red, alpha.</param>
    /// <param name="target">3 bytes a pixel: red, green, blue.</param>
    /// <param name="redFirst">Whether the source has red before blue instead.</param>
    public static void ToRgb(ReadOnlySpan<byte> source, Span<byte> target, bool redFirst = false)
    {
        if (IsOpaque(source))
            CopyOpaque(source, target, redFirst);
        else
            ComposeOnWhite(source, target, redFirst);
    }

    /// <summary>Makes opaque 32-bit pixels of RGB.</summary>
    /// <param name="source">3 bytes a pixel: red, green, blue.</param>
    /// <param name="target">4 bytes a pixel: blue, green, red, 255.</param>
    public static void FromRgb(ReadOnlySpan<byte> source, Span<byte> target)
    {
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
    }

    /// <summary>Whether red comes first in the pixels of an MLImage; else blue does.</summary>
    /// <exception cref="NotSupportedException">Another pixel format.</exception>
    public static bool IsRedFirst(MLImage image) =>
        image.PixelFormat switch
        {
            MLPixelFormat.Bgra32 => false,
            MLPixelFormat.Rgba32 => true,
            var other => throw new NotSupportedException(
                $"MLImage has pixel format {other}; expected Bgra32 or Rgba32."
            ),
        };

    /// <summary>Whether alpha is 255 everywhere.</summary>
    public static bool IsOpaque(ReadOnlySpan<byte> pixels)
    {
        var values = MemoryMarshal.Cast<byte, uint>(pixels);
        var vectors = MemoryMarshal.Cast<uint, Vector<uint>>(values);
        var every = Vector<uint>.AllBitsSet;
        foreach (var vector in vectors)
            every &= vector;
        var all = uint.MaxValue;
        foreach (var value in values[(vectors.Length * Vector<uint>.Count)..])
            all &= value;
        for (int i = 0; i < Vector<uint>.Count; i++)
            all &= every[i];
        return all >> 24 == 255;
    }

    private static void CopyOpaque(ReadOnlySpan<byte> source, Span<byte> target, bool redFirst)
    {
        var order = redFirst ? FromRgba : FromBgra;
        int from = 0,
            to = 0;
        for (; to + 16 <= target.Length; from += 16, to += 12)
            Vector128.Shuffle(Vector128.Create(source.Slice(from, 16)), order).CopyTo(target[to..]);
        int red = redFirst ? 0 : 2;
        for (; to < target.Length; from += 4, to += 3)
        {
            target[to] = source[from + red];
            target[to + 1] = source[from + 1];
            target[to + 2] = source[from + 2 - red];
        }
    }

    private static void ComposeOnWhite(ReadOnlySpan<byte> source, Span<byte> target, bool redFirst)
    {
        int red = redFirst ? 0 : 2;
        for (int from = 0, to = 0; to < target.Length; from += 4, to += 3)
        {
            var white = 255 - source[from + 3];
            target[to] = (byte)Math.Min(255, source[from + red] + white);
            target[to + 1] = (byte)Math.Min(255, source[from + 1] + white);
            target[to + 2] = (byte)Math.Min(255, source[from + 2 - red] + white);
        }
    }

    private static Vector128<byte> Order(params ReadOnlySpan<byte> indices) => Vector128.Create(indices);
}

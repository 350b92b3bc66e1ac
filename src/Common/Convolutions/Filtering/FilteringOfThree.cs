using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Channels16 = System.Runtime.Intrinsics.Vector512<float>;

namespace MlNetImageTranslation;

/// <summary>F(4, 3), by the points 0, 1, -1, 2, -2 and infinity.</summary>
internal readonly unsafe struct FilteringOfThree : IMinimalFiltering
{
    /// <inheritdoc/>
    public static int Taps => 3;

    /// <inheritdoc/>
    public static int Tile => 4;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Input(float* source, nint from, float* target, nint to)
    {
        Channels16 s0 = Vector512.Load(source),
            s1 = Vector512.Load(source + from),
            s2 = Vector512.Load(source + 2 * from),
            s3 = Vector512.Load(source + 3 * from),
            s4 = Vector512.Load(source + 4 * from),
            s5 = Vector512.Load(source + 5 * from);
        Channels16 odd = s3 - 4f * s1,
            even = s4 - 4f * s2,
            wideOdd = 2f * (s3 - s1),
            wideEven = s4 - s2;
        (4f * s0 - 5f * s2 + s4).Store(target);
        (even + odd).Store(target + to);
        (even - odd).Store(target + 2 * to);
        (wideEven + wideOdd).Store(target + 3 * to);
        (wideEven - wideOdd).Store(target + 4 * to);
        (4f * s1 - 5f * s3 + s5).Store(target + 5 * to);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void InputBack(float* source, nint from, float* target, nint to)
    {
        Channels16 s0 = Vector512.Load(source),
            s1 = Vector512.Load(source + from),
            s2 = Vector512.Load(source + 2 * from),
            s3 = Vector512.Load(source + 3 * from),
            s4 = Vector512.Load(source + 4 * from),
            s5 = Vector512.Load(source + 5 * from);
        Channels16 ones = s1 + s2,
            onesApart = s1 - s2,
            twos = s3 + s4,
            twosApart = 2f * (s3 - s4);
        (4f * s0).Store(target);
        (4f * (s5 - onesApart) - twosApart).Store(target + to);
        (-5f * s0 - 4f * ones - twos).Store(target + 2 * to);
        (onesApart + twosApart - 5f * s5).Store(target + 3 * to);
        (s0 + ones + twos).Store(target + 4 * to);
        s5.Store(target + 5 * to);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Kernel(float* source, nint from, float* target, nint to)
    {
        Channels16 s0 = Vector512.Load(source),
            s1 = Vector512.Load(source + from),
            s2 = Vector512.Load(source + 2 * from);
        Channels16 ones = (s0 + s2) * (-1 / 6f),
            middle = s1 * (1 / 6f),
            twos = s0 * (1 / 24f) + s2 * (1 / 6f),
            half = s1 * (1 / 12f);
        (s0 * 0.25f).Store(target);
        (ones - middle).Store(target + to);
        (ones + middle).Store(target + 2 * to);
        (twos + half).Store(target + 3 * to);
        (twos - half).Store(target + 4 * to);
        s2.Store(target + 5 * to);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void KernelBack(float* source, nint from, float* target, nint to)
    {
        Channels16 s0 = Vector512.Load(source),
            s1 = Vector512.Load(source + from),
            s2 = Vector512.Load(source + 2 * from),
            s3 = Vector512.Load(source + 3 * from),
            s4 = Vector512.Load(source + 4 * from),
            s5 = Vector512.Load(source + 5 * from);
        Channels16 ones = (s1 + s2) * (1 / 6f),
            twos = s3 + s4;
        (s0 * 0.25f - ones + twos * (1 / 24f)).Store(target);
        ((s2 - s1) * (1 / 6f) + (s3 - s4) * (1 / 12f)).Store(target + to);
        (twos * (1 / 6f) - ones + s5).Store(target + 2 * to);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Result(float* source, nint from, float* target, nint to)
    {
        Channels16 s0 = Vector512.Load(source),
            s1 = Vector512.Load(source + from),
            s2 = Vector512.Load(source + 2 * from),
            s3 = Vector512.Load(source + 3 * from),
            s4 = Vector512.Load(source + 4 * from),
            s5 = Vector512.Load(source + 5 * from);
        Channels16 ones = s1 + s2,
            onesApart = s1 - s2,
            twos = s3 + s4,
            twosApart = s3 - s4;
        (s0 + ones + twos).Store(target);
        (onesApart + 2f * twosApart).Store(target + to);
        (ones + 4f * twos).Store(target + 2 * to);
        (onesApart + 8f * twosApart + s5).Store(target + 3 * to);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ResultBack(float* source, nint from, float* target, nint to)
    {
        Channels16 s0 = Vector512.Load(source),
            s1 = Vector512.Load(source + from),
            s2 = Vector512.Load(source + 2 * from),
            s3 = Vector512.Load(source + 3 * from);
        Channels16 even = s0 + s2,
            odd = s1 + s3,
            wideEven = s0 + 4f * s2,
            wideOdd = 2f * s1 + 8f * s3;
        s0.Store(target);
        (even + odd).Store(target + to);
        (even - odd).Store(target + 2 * to);
        (wideEven + wideOdd).Store(target + 3 * to);
        (wideEven - wideOdd).Store(target + 4 * to);
        s3.Store(target + 5 * to);
    }
}

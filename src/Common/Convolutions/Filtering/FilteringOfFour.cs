using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Channels16 = System.Runtime.Intrinsics.Vector512<float>;

namespace MlNetImageTranslation;

/// <summary>F(3, 4), by the points of <see cref="FilteringOfThree"/>, and so with its transforms of inputs.</summary>
internal readonly unsafe struct FilteringOfFour : IMinimalFiltering
{
    /// <inheritdoc/>
    public static int Taps => 4;

    /// <inheritdoc/>
    public static int Tile => 3;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Input(float* source, nint from, float* target, nint to) =>
        FilteringOfThree.Input(source, from, target, to);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void InputBack(float* source, nint from, float* target, nint to) =>
        FilteringOfThree.InputBack(source, from, target, to);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Kernel(float* source, nint from, float* target, nint to)
    {
        Channels16 s0 = Vector512.Load(source),
            s1 = Vector512.Load(source + from),
            s2 = Vector512.Load(source + 2 * from),
            s3 = Vector512.Load(source + 3 * from);
        Channels16 even = (s0 + s2) * (-1 / 6f),
            odd = (s1 + s3) * (1 / 6f),
            wideEven = s0 * (1 / 24f) + s2 * (1 / 6f),
            wideOdd = s1 * (1 / 12f) + s3 * (1 / 3f);
        (s0 * 0.25f).Store(target);
        (even - odd).Store(target + to);
        (even + odd).Store(target + 2 * to);
        (wideEven + wideOdd).Store(target + 3 * to);
        (wideEven - wideOdd).Store(target + 4 * to);
        s3.Store(target + 5 * to);
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
            onesApart = (s2 - s1) * (1 / 6f),
            twos = s3 + s4,
            twosApart = s3 - s4;
        (s0 * 0.25f - ones + twos * (1 / 24f)).Store(target);
        (onesApart + twosApart * (1 / 12f)).Store(target + to);
        (twos * (1 / 6f) - ones).Store(target + 2 * to);
        (onesApart + twosApart * (1 / 3f) + s5).Store(target + 3 * to);
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
            twos = s3 + s4;
        (s0 + ones + twos).Store(target);
        (s1 - s2 + 2f * (s3 - s4)).Store(target + to);
        (ones + 4f * twos + s5).Store(target + 2 * to);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ResultBack(float* source, nint from, float* target, nint to)
    {
        Channels16 s0 = Vector512.Load(source),
            s1 = Vector512.Load(source + from),
            s2 = Vector512.Load(source + 2 * from);
        Channels16 even = s0 + s2,
            wideEven = s0 + 4f * s2,
            wideOdd = 2f * s1;
        s0.Store(target);
        (even + s1).Store(target + to);
        (even - s1).Store(target + 2 * to);
        (wideEven + wideOdd).Store(target + 3 * to);
        (wideEven - wideOdd).Store(target + 4 * to);
        s2.Store(target + 5 * to);
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Channels16 = System.Runtime.Intrinsics.Vector512<float>;

namespace MlNetImageTranslation;

/// <summary>F(4, 2), by the points 0, 1, -1, 2 and infinity.</summary>
internal readonly unsafe struct FilteringOfTwo : IMinimalFiltering
{
    /// <inheritdoc/>
    public static int Taps => 2;

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
            s4 = Vector512.Load(source + 4 * from);
        Channels16 odd = s3 - s1;
        (odd + 2f * (s0 - s2)).Store(target);
        (s3 - s2 - 2f * s1).Store(target + to);
        (s3 - 3f * s2 + 2f * s1).Store(target + 2 * to);
        odd.Store(target + 3 * to);
        (s4 - s2 - 2f * odd).Store(target + 4 * to);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void InputBack(float* source, nint from, float* target, nint to)
    {
        Channels16 s0 = Vector512.Load(source),
            s1 = Vector512.Load(source + from),
            s2 = Vector512.Load(source + 2 * from),
            s3 = Vector512.Load(source + 3 * from),
            s4 = Vector512.Load(source + 4 * from);
        Channels16 ends = s0 + s3 - 2f * s4;
        (2f * s0).Store(target);
        (2f * (s2 - s1) - ends).Store(target + to);
        (-2f * s0 - s1 - 3f * s2 - s4).Store(target + 2 * to);
        (ends + s1 + s2).Store(target + 3 * to);
        s4.Store(target + 4 * to);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Kernel(float* source, nint from, float* target, nint to)
    {
        Channels16 s0 = Vector512.Load(source),
            s1 = Vector512.Load(source + from);
        (s0 * 0.5f).Store(target);
        ((s0 + s1) * -0.5f).Store(target + to);
        ((s1 - s0) * (1 / 6f)).Store(target + 2 * to);
        (s0 * (1 / 6f) + s1 * (1 / 3f)).Store(target + 3 * to);
        s1.Store(target + 4 * to);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void KernelBack(float* source, nint from, float* target, nint to)
    {
        Channels16 s0 = Vector512.Load(source),
            s1 = Vector512.Load(source + from),
            s2 = Vector512.Load(source + 2 * from),
            s3 = Vector512.Load(source + 3 * from),
            s4 = Vector512.Load(source + 4 * from);
        ((s0 - s1) * 0.5f + (s3 - s2) * (1 / 6f)).Store(target);
        (s2 * (1 / 6f) - s1 * 0.5f + s3 * (1 / 3f) + s4).Store(target + to);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Result(float* source, nint from, float* target, nint to)
    {
        Channels16 s0 = Vector512.Load(source),
            s1 = Vector512.Load(source + from),
            s2 = Vector512.Load(source + 2 * from),
            s3 = Vector512.Load(source + 3 * from),
            s4 = Vector512.Load(source + 4 * from);
        Channels16 ones = s1 + s2,
            onesApart = s1 - s2;
        (s0 + ones + s3).Store(target);
        (onesApart + 2f * s3).Store(target + to);
        (ones + 4f * s3).Store(target + 2 * to);
        (onesApart + 8f * s3 + s4).Store(target + 3 * to);
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
            odd = s1 + s3;
        s0.Store(target);
        (even + odd).Store(target + to);
        (even - odd).Store(target + 2 * to);
        (s0 + 2f * s1 + 4f * s2 + 8f * s3).Store(target + 3 * to);
        s3.Store(target + 4 * to);
    }
}

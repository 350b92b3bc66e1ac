using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MlNetImageTranslation;

/// <summary><see cref="Transposition"/> in the registers of AVX-512.</summary>
internal static unsafe class Transposition512
{
    /// <inheritdoc cref="Transposition.Run"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(float* source, nint sourceRow, int rows, float* target, nint targetRow, int columns)
    {
        var sourceMask = Mask(columns);
        // Four rows each: the values of a column lie beside each other in a quarter of a register.
        Quarters(source, sourceRow, rows, sourceMask, out var a0, out var a1, out var a2, out var a3);
        source += 4 * sourceRow;
        Quarters(source, sourceRow, rows - 4, sourceMask, out var b0, out var b1, out var b2, out var b3);
        source += 4 * sourceRow;
        Quarters(source, sourceRow, rows - 8, sourceMask, out var c0, out var c1, out var c2, out var c3);
        source += 4 * sourceRow;
        Quarters(source, sourceRow, rows - 12, sourceMask, out var d0, out var d1, out var d2, out var d3);
        var targetMask = Mask(rows);
        Join(a0, b0, c0, d0, target, targetRow, columns, targetMask);
        Join(a1, b1, c1, d1, target + targetRow, targetRow, columns - 1, targetMask);
        Join(a2, b2, c2, d2, target + 2 * targetRow, targetRow, columns - 2, targetMask);
        Join(a3, b3, c3, d3, target + 3 * targetRow, targetRow, columns - 3, targetMask);
    }

    // The columns n, n + 4, n + 8 and n + 12 of four rows are the quarters of the nth register.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Quarters(
        float* source,
        nint row,
        int rows,
        Vector512<float> mask,
        out Vector512<float> q0,
        out Vector512<float> q1,
        out Vector512<float> q2,
        out Vector512<float> q3
    )
    {
        Vector512<float> r0 = rows > 0 ? Avx512F.MaskLoad(source, mask, default) : default,
            r1 = rows > 1 ? Avx512F.MaskLoad(source + row, mask, default) : default,
            r2 = rows > 2 ? Avx512F.MaskLoad(source + 2 * row, mask, default) : default,
            r3 = rows > 3 ? Avx512F.MaskLoad(source + 3 * row, mask, default) : default;
        Vector512<double> low01 = Avx512F.UnpackLow(r0, r1).AsDouble(),
            high01 = Avx512F.UnpackHigh(r0, r1).AsDouble(),
            low23 = Avx512F.UnpackLow(r2, r3).AsDouble(),
            high23 = Avx512F.UnpackHigh(r2, r3).AsDouble();
        q0 = Avx512F.UnpackLow(low01, low23).AsSingle();
        q1 = Avx512F.UnpackHigh(low01, low23).AsSingle();
        q2 = Avx512F.UnpackLow(high01, high23).AsSingle();
        q3 = Avx512F.UnpackHigh(high01, high23).AsSingle();
    }

    // Four columns, each from a quarter of four registers.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Join(
        Vector512<float> a,
        Vector512<float> b,
        Vector512<float> c,
        Vector512<float> d,
        float* target,
        nint row,
        int columns,
        Vector512<float> mask
    )
    {
        const byte Even = 0b10_00_10_00,
            Odd = 0b11_01_11_01;
        Vector512<float> evenAb = Avx512F.Shuffle4x128(a, b, Even),
            oddAb = Avx512F.Shuffle4x128(a, b, Odd),
            evenCd = Avx512F.Shuffle4x128(c, d, Even),
            oddCd = Avx512F.Shuffle4x128(c, d, Odd);
        if (columns > 0)
            Avx512F.MaskStore(target, mask, Avx512F.Shuffle4x128(evenAb, evenCd, Even));
        if (columns > 4)
            Avx512F.MaskStore(target + 4 * row, mask, Avx512F.Shuffle4x128(oddAb, oddCd, Even));
        if (columns > 8)
            Avx512F.MaskStore(target + 8 * row, mask, Avx512F.Shuffle4x128(evenAb, evenCd, Odd));
        if (columns > 12)
            Avx512F.MaskStore(target + 12 * row, mask, Avx512F.Shuffle4x128(oddAb, oddCd, Odd));
    }

    private static Vector512<float> Mask(int count) =>
        Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).AsSingle();
}

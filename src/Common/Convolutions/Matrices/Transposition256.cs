using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MlNetImageTranslation;

/// <summary><see cref="Transposition"/> in the registers of AVX: 8 x 8 values at a time.</summary>
internal static unsafe class Transposition256
{
    private const int Side = 8;

    /// <inheritdoc cref="Transposition.Run"/>
    public static void Run(float* source, nint sourceRow, int rows, float* target, nint targetRow, int columns)
    {
        for (int row = 0; row < rows; row += Side)
        for (int column = 0; column < columns; column += Side)
            RunPart(
                source + row * sourceRow + column,
                sourceRow,
                Math.Min(Side, rows - row),
                target + column * targetRow + row,
                targetRow,
                Math.Min(Side, columns - column)
            );
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunPart(float* source, nint sourceRow, int rows, float* target, nint targetRow, int columns)
    {
        var sourceMask = Mask(columns);
        // Two pairs of rows each: the values of a column lie beside each other in half a register.
        Halves(source, sourceRow, rows, sourceMask, out var a0, out var a1, out var a2, out var a3);
        source += 4 * sourceRow;
        Halves(source, sourceRow, rows - 4, sourceMask, out var b0, out var b1, out var b2, out var b3);
        var targetMask = Mask(rows);
        Join(a0, b0, target, targetRow, columns, targetMask);
        Join(a1, b1, target + targetRow, targetRow, columns - 1, targetMask);
        Join(a2, b2, target + 2 * targetRow, targetRow, columns - 2, targetMask);
        Join(a3, b3, target + 3 * targetRow, targetRow, columns - 3, targetMask);
    }

    // The columns n and n + 4 of four rows are the halves of the nth register.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Halves(
        float* source,
        nint row,
        int rows,
        Vector256<float> mask,
        out Vector256<float> h0,
        out Vector256<float> h1,
        out Vector256<float> h2,
        out Vector256<float> h3
    )
    {
        Vector256<float> r0 = rows > 0 ? Avx.MaskLoad(source, mask) : default,
            r1 = rows > 1 ? Avx.MaskLoad(source + row, mask) : default,
            r2 = rows > 2 ? Avx.MaskLoad(source + 2 * row, mask) : default,
            r3 = rows > 3 ? Avx.MaskLoad(source + 3 * row, mask) : default;
        Vector256<double> low01 = Avx.UnpackLow(r0, r1).AsDouble(),
            high01 = Avx.UnpackHigh(r0, r1).AsDouble(),
            low23 = Avx.UnpackLow(r2, r3).AsDouble(),
            high23 = Avx.UnpackHigh(r2, r3).AsDouble();
        h0 = Avx.UnpackLow(low01, low23).AsSingle();
        h1 = Avx.UnpackHigh(low01, low23).AsSingle();
        h2 = Avx.UnpackLow(high01, high23).AsSingle();
        h3 = Avx.UnpackHigh(high01, high23).AsSingle();
    }

    // Two columns, each from a half of two registers.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Join(
        Vector256<float> a,
        Vector256<float> b,
        float* target,
        nint row,
        int columns,
        Vector256<float> mask
    )
    {
        const byte Lower = 0x20,
            Upper = 0x31;
        if (columns > 0)
            Avx.MaskStore(target, mask, Avx.Permute2x128(a, b, Lower));
        if (columns > 4)
            Avx.MaskStore(target + 4 * row, mask, Avx.Permute2x128(a, b, Upper));
    }

    private static Vector256<float> Mask(int count) =>
        Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(count)).AsSingle();
}

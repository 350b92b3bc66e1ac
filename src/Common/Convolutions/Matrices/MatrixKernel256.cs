using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MlNetImageTranslation;

/// <summary><see cref="MatrixKernel"/> with AVX2: 4 x 16 results at a time in eight registers.</summary>
internal static unsafe class MatrixKernel256
{
    private const int Rows = 4,
        Half = 16,
        Quarter = 8;

    /// <inheritdoc cref="MatrixKernel.Multiply"/>
    public static void Multiply(float* left, float* right, float* result, in MatrixLayout layout)
    {
        for (int half = 0; half < MatrixKernel.Columns / Half; half++)
        for (int row = 0; row < MatrixKernel.Rows; row += Rows)
            MultiplyPart(
                left + row * layout.LeftRow,
                right + half * layout.RightHalf,
                result + row * layout.ResultRow + half * Half,
                layout
            );
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyPart(float* left, float* right, float* result, in MatrixLayout layout)
    {
        nint leftRow = layout.LeftRow,
            leftStep = layout.LeftStep,
            rightStep = layout.RightStep,
            resultRow = layout.ResultRow,
            row2 = 2 * leftRow,
            row3 = 3 * leftRow;
        Vector256<float> r00 = default,
            r01 = default,
            r10 = default,
            r11 = default,
            r20 = default,
            r21 = default,
            r30 = default,
            r31 = default;
        if (layout.Add)
        {
            Load(result, out r00, out r01);
            Load(result + resultRow, out r10, out r11);
            Load(result + 2 * resultRow, out r20, out r21);
            Load(result + 3 * resultRow, out r30, out r31);
        }
        for (int group = layout.Groups; group > 0; group--)
        {
            for (int step = group > 1 ? layout.Steps : layout.Steps - layout.Missing; step > 0; step--)
            {
                var first = Vector256.Load(right);
                var second = Vector256.Load(right + Quarter);
                var value = Vector256.Create(left[0]);
                r00 = Fma.MultiplyAdd(value, first, r00);
                r01 = Fma.MultiplyAdd(value, second, r01);
                value = Vector256.Create(left[leftRow]);
                r10 = Fma.MultiplyAdd(value, first, r10);
                r11 = Fma.MultiplyAdd(value, second, r11);
                value = Vector256.Create(left[row2]);
                r20 = Fma.MultiplyAdd(value, first, r20);
                r21 = Fma.MultiplyAdd(value, second, r21);
                value = Vector256.Create(left[row3]);
                r30 = Fma.MultiplyAdd(value, first, r30);
                r31 = Fma.MultiplyAdd(value, second, r31);
                left += leftStep;
                right += rightStep;
            }
            left += layout.LeftGroup;
        }
        Store(r00, r01, result);
        Store(r10, r11, result + resultRow);
        Store(r20, r21, result + 2 * resultRow);
        Store(r30, r31, result + 3 * resultRow);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load(float* result, out Vector256<float> first, out Vector256<float> second)
    {
        first = Vector256.Load(result);
        second = Vector256.Load(result + Quarter);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<float> first, Vector256<float> second, float* result)
    {
        first.Store(result);
        second.Store(result + Quarter);
    }
}

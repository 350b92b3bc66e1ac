using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MlNetImageTranslation;

/// <summary><see cref="MatrixKernel"/> with AVX-512: a block in 16 registers.</summary>
internal static unsafe class MatrixKernel512
{
    /// <inheritdoc cref="MatrixKernel.Multiply"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(float* left, float* right, float* result, in MatrixLayout layout)
    {
        nint leftRow = layout.LeftRow,
            leftStep = layout.LeftStep,
            half = layout.RightHalf,
            rightStep = layout.RightStep,
            resultRow = layout.ResultRow;
        nint row2 = 2 * leftRow,
            row3 = 3 * leftRow;
        float* lower = left + 4 * leftRow;
        Vector512<float> r00 = default,
            r01 = default,
            r10 = default,
            r11 = default,
            r20 = default,
            r21 = default,
            r30 = default,
            r31 = default,
            r40 = default,
            r41 = default,
            r50 = default,
            r51 = default,
            r60 = default,
            r61 = default,
            r70 = default,
            r71 = default;
        if (layout.Add)
        {
            Load(result, out r00, out r01);
            Load(result + resultRow, out r10, out r11);
            Load(result + 2 * resultRow, out r20, out r21);
            Load(result + 3 * resultRow, out r30, out r31);
            Load(result + 4 * resultRow, out r40, out r41);
            Load(result + 5 * resultRow, out r50, out r51);
            Load(result + 6 * resultRow, out r60, out r61);
            Load(result + 7 * resultRow, out r70, out r71);
        }
        for (int group = layout.Groups; group > 0; group--)
        {
            // Values of a row beside each other are in few lines of the cache, those of the next block's rows in
            // others.
            if (leftStep == 1)
                CacheLines.Fetch(left + MatrixKernel.Rows * leftRow, leftRow, MatrixKernel.Rows);
            for (int step = group > 1 ? layout.Steps : layout.Steps - layout.Missing; step > 0; step--)
            {
                var first = Vector512.Load(right);
                var second = Vector512.Load(right + half);
                var value = Vector512.Create(left[0]);
                r00 = Vector512.FusedMultiplyAdd(value, first, r00);
                r01 = Vector512.FusedMultiplyAdd(value, second, r01);
                value = Vector512.Create(left[leftRow]);
                r10 = Vector512.FusedMultiplyAdd(value, first, r10);
                r11 = Vector512.FusedMultiplyAdd(value, second, r11);
                value = Vector512.Create(left[row2]);
                r20 = Vector512.FusedMultiplyAdd(value, first, r20);
                r21 = Vector512.FusedMultiplyAdd(value, second, r21);
                value = Vector512.Create(left[row3]);
                r30 = Vector512.FusedMultiplyAdd(value, first, r30);
                r31 = Vector512.FusedMultiplyAdd(value, second, r31);
                value = Vector512.Create(lower[0]);
                r40 = Vector512.FusedMultiplyAdd(value, first, r40);
                r41 = Vector512.FusedMultiplyAdd(value, second, r41);
                value = Vector512.Create(lower[leftRow]);
                r50 = Vector512.FusedMultiplyAdd(value, first, r50);
                r51 = Vector512.FusedMultiplyAdd(value, second, r51);
                value = Vector512.Create(lower[row2]);
                r60 = Vector512.FusedMultiplyAdd(value, first, r60);
                r61 = Vector512.FusedMultiplyAdd(value, second, r61);
                value = Vector512.Create(lower[row3]);
                r70 = Vector512.FusedMultiplyAdd(value, first, r70);
                r71 = Vector512.FusedMultiplyAdd(value, second, r71);
                left += leftStep;
                lower += leftStep;
                right += rightStep;
            }
            left += layout.LeftGroup;
            lower += layout.LeftGroup;
        }
        Store(r00, r01, result);
        Store(r10, r11, result + resultRow);
        Store(r20, r21, result + 2 * resultRow);
        Store(r30, r31, result + 3 * resultRow);
        Store(r40, r41, result + 4 * resultRow);
        Store(r50, r51, result + 5 * resultRow);
        Store(r60, r61, result + 6 * resultRow);
        Store(r70, r71, result + 7 * resultRow);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load(float* result, out Vector512<float> first, out Vector512<float> second)
    {
        first = Vector512.Load(result);
        second = Vector512.Load(result + 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<float> first, Vector512<float> second, float* result)
    {
        first.Store(result);
        second.Store(result + 16);
    }
}

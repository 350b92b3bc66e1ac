using System.Runtime.Intrinsics.X86;

namespace MlNetImageTranslation;

/// <summary>The innermost part of a product of matrices: a block of 8 x 32 results.</summary>
internal static unsafe class MatrixKernel
{
    /// <summary>Rows of a block.</summary>
    public const int Rows = 8;

    /// <summary>Columns of a block.</summary>
    public const int Columns = 32;

    /// <summary>Computes a block of a product: the sum over k of <c>left[row, k] * right[k, column]</c>.</summary>
    /// <param name="left">The first of the eight rows.</param>
    /// <param name="right">32 values for each k.</param>
    /// <param name="result">Where the block goes.</param>
    /// <param name="layout">Where the values lie.</param>
    public static void Multiply(float* left, float* right, float* result, in MatrixLayout layout)
    {
        if (Avx512F.IsSupported)
            MatrixKernel512.Multiply(left, right, result, layout);
        else
            MatrixKernel256.Multiply(left, right, result, layout);
    }
}

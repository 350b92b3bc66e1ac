using System.Runtime.Intrinsics.X86;

namespace MlNetImageTranslation;

/// <summary>Transposes matrices of up to 16 x 16 values.</summary>
internal static unsafe class Transposition
{
    /// <summary>The largest number of rows and of columns.</summary>
    public const int Side = 16;

    /// <summary>Writes the columns of a matrix as rows.</summary>
    /// <param name="source">The matrix.</param>
    /// <param name="sourceRow">From one row to the next, in values.</param>
    /// <param name="rows">Its rows: 1 to 16.</param>
    /// <param name="target">Where the first column goes.</param>
    /// <param name="targetRow">From where one column goes to where the next one goes.</param>
    /// <param name="columns">Its columns: 1 to 16.</param>
    public static void Run(float* source, nint sourceRow, int rows, float* target, nint targetRow, int columns)
    {
        if (Avx512F.IsSupported)
            Transposition512.Run(source, sourceRow, rows, target, targetRow, columns);
        else
            Transposition256.Run(source, sourceRow, rows, target, targetRow, columns);
    }
}

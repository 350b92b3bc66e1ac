using System.Numerics.Tensors;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Makes the rows of a matrix (or its columns, where it is taller than wide) orthogonal, as torch.nn.init.orthogonal_
/// does.
/// </summary>
internal static class Orthogonalization
{
    /// <summary>
    /// Replaces <paramref name="values"/> [rows, columns] by an orthogonal matrix times <paramref name="gain"/>.
    /// </summary>
    public static void Rows(float[] values, int rows, int columns, double gain)
    {
        bool tall = rows > columns;
        var matrix = tall ? Transposed(values, rows, columns) : values;
        var (count, length) = tall ? (columns, rows) : (rows, columns);
        // Gram-Schmidt, every row against all before it; twice, because once is not enough in float32 (Giraud et al.
        // 2005).
        for (int row = 0; row < count; row++)
        {
            var current = matrix.AsSpan(row * length, length);
            for (int pass = 0; pass < 2; pass++)
            for (int other = 0; other < row; other++)
            {
                var before = matrix.AsSpan(other * length, length);
                TensorPrimitives.MultiplyAdd(before, -TensorPrimitives.Dot(current, before), current, current);
            }
            TensorPrimitives.Divide(current, TensorPrimitives.Norm(current), current);
        }
        TensorPrimitives.Multiply(matrix, (float)gain, matrix);
        if (tall)
            Transposed(matrix, columns, rows).CopyTo(values, 0);
    }

    private static float[] Transposed(float[] values, int rows, int columns)
    {
        var result = new float[values.Length];
        for (int row = 0; row < rows; row++)
        for (int column = 0; column < columns; column++)
            result[column * rows + row] = values[row * columns + column];
        return result;
    }
}

namespace MlNetImageTranslation.Export;

/// <summary>
/// Winograd's minimal filtering F(4x4, 3x3) (Lavin and Gray, arXiv 1509.09308): tiles of 4x4 outputs from 6x6 inputs
/// with 36 multiplications in place of 144, by the points 0, 1, -1, 2, -2 and infinity.
/// </summary>
internal static class WinogradTransform
{
    /// <summary>The side of a tile of outputs.</summary>
    public const int Tile = 4;

    /// <summary>The side of the inputs that it depends on.</summary>
    public const int Window = 6;

    /// <summary>How many products a tile takes for each pair of channels.</summary>
    public const int Products = Window * Window;

    private static readonly double[,] s_input =
    {
        { 4, 0, -5, 0, 1, 0 },
        { 0, -4, -4, 1, 1, 0 },
        { 0, 4, -4, -1, 1, 0 },
        { 0, -2, -1, 2, 1, 0 },
        { 0, 2, -1, -2, 1, 0 },
        { 0, 4, 0, -5, 0, 1 },
    };

    private static readonly double[,] s_output =
    {
        { 1, 1, 1, 1, 1, 0 },
        { 0, 1, -1, 2, -2, 0 },
        { 0, 1, 1, 4, 4, 0 },
        { 0, 1, -1, 8, -8, 1 },
    };

    /// <summary>[36, 36]: from a window of inputs, row by row, to what is multiplied.</summary>
    public static float[] Input { get; } = Both(s_input);

    /// <summary>[16, 36]: from the products to a tile of outputs, row by row.</summary>
    public static float[] Output { get; } = Both(s_output);

    /// <summary>[4, 6]: the same for one side.</summary>
    public static float[] OutputRows { get; } = One(s_output, transposed: false);

    /// <summary>[6, 4]: its transpose.</summary>
    public static float[] OutputColumns { get; } = One(s_output, transposed: true);

    /// <summary>Transforms the weights of a convolution, in double precision.</summary>
    /// <param name="weights">[outputs, inputs, 3, 3].</param>
    /// <param name="outputs">Output channels.</param>
    /// <param name="inputs">Input channels.</param>
    /// <returns>[36, outputs, inputs].</returns>
    public static float[] Weights(float[] weights, int outputs, int inputs)
    {
        var result = new float[Products * outputs * inputs];
        Parallel.For(
            0,
            outputs,
            () => new float[Products * inputs],
            (output, _, row) =>
            {
                // By way of a row that stays in the cache: 36 places far apart are slow to write to in turns.
                for (int input = 0; input < inputs; input++)
                    Kernel(weights.AsSpan((output * inputs + input) * 9, 9), row.AsSpan(input), inputs);
                for (int product = 0; product < Products; product++)
                    row.AsSpan(product * inputs, inputs).CopyTo(result.AsSpan((product * outputs + output) * inputs));
                return row;
            },
            _ => { }
        );
        return result;
    }

    private static void Kernel(ReadOnlySpan<float> kernel, Span<float> result, int stride)
    {
        Span<double> rows = stackalloc double[Window * 3];
        Span<double> column = stackalloc double[Window];
        for (int x = 0; x < 3; x++)
        {
            Spread(kernel[x], kernel[3 + x], kernel[6 + x], column);
            for (int i = 0; i < Window; i++)
                rows[i * 3 + x] = column[i];
        }
        for (int i = 0; i < Window; i++)
        {
            Spread(rows[i * 3], rows[i * 3 + 1], rows[i * 3 + 2], column);
            for (int j = 0; j < Window; j++)
                result[(i * Window + j) * stride] = (float)column[j];
        }
    }

    // The kernel as a polynomial at the six points, each divided by the product of its distances from the others.
    private static void Spread(double first, double second, double third, Span<double> values)
    {
        double ones = -(first + third) / 6,
            twos = first / 24 + third / 6;
        values[0] = first / 4;
        values[1] = ones - second / 6;
        values[2] = ones + second / 6;
        values[3] = twos + second / 12;
        values[4] = twos - second / 12;
        values[5] = third;
    }

    private static float[] One(double[,] matrix, bool transposed)
    {
        int rows = matrix.GetLength(0),
            columns = matrix.GetLength(1);
        var result = new float[rows * columns];
        for (int i = 0; i < rows; i++)
        for (int j = 0; j < columns; j++)
            result[transposed ? j * rows + i : i * columns + j] = (float)matrix[i, j];
        return result;
    }

    // The transform of rows and columns as one matrix, their Kronecker product.
    private static float[] Both(double[,] matrix)
    {
        int rows = matrix.GetLength(0),
            columns = matrix.GetLength(1);
        var result = new float[rows * rows * columns * columns];
        for (int i = 0, at = 0; i < rows; i++)
        for (int j = 0; j < rows; j++)
        for (int k = 0; k < columns; k++)
        for (int l = 0; l < columns; l++)
            result[at++] = (float)(matrix[i, k] * matrix[j, l]);
        return result;
    }
}

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

    private static readonly double[,] s_weight =
    {
        { 1 / 4.0, 0, 0 },
        { -1 / 6.0, -1 / 6.0, -1 / 6.0 },
        { -1 / 6.0, 1 / 6.0, -1 / 6.0 },
        { 1 / 24.0, 1 / 12.0, 1 / 6.0 },
        { 1 / 24.0, -1 / 12.0, 1 / 6.0 },
        { 0, 0, 1 },
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

    /// <summary>Transforms the weights of a convolution, in double precision.</summary>
    /// <param name="weights">[outputs, inputs, 3, 3].</param>
    /// <param name="outputs">Output channels.</param>
    /// <param name="inputs">Input channels.</param>
    /// <returns>[36, outputs, inputs].</returns>
    public static float[] Weights(float[] weights, int outputs, int inputs)
    {
        int count = outputs * inputs;
        var result = new float[Products * count];
        Parallel.For(
            0,
            outputs,
            output =>
            {
                Span<double> rows = stackalloc double[Window * 3];
                for (int pair = output * inputs; pair < (output + 1) * inputs; pair++)
                {
                    var kernel = weights.AsSpan(pair * 9, 9);
                    for (int i = 0; i < Window; i++)
                    for (int x = 0; x < 3; x++)
                        rows[i * 3 + x] =
                            s_weight[i, 0] * kernel[x]
                            + s_weight[i, 1] * kernel[3 + x]
                            + s_weight[i, 2] * kernel[6 + x];
                    for (int i = 0; i < Window; i++)
                    for (int j = 0; j < Window; j++)
                        result[(i * Window + j) * count + pair] = (float)(
                            rows[i * 3] * s_weight[j, 0]
                            + rows[i * 3 + 1] * s_weight[j, 1]
                            + rows[i * 3 + 2] * s_weight[j, 2]
                        );
                }
            }
        );
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

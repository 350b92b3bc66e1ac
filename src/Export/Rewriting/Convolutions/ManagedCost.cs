namespace MlNetImageTranslation.Export;

/// <summary>
/// Where <see cref="ManagedConvolution"/> pays: an estimate of it and of ONNX Runtime's kernels on one core, in
/// picoseconds. Measured on a core with AVX-512 (ONNX Runtime 1.31), where the estimate of 25 convolutions of 0.05 to
/// 20 ms was within a fifth of the time of most.
/// </summary>
internal static class ManagedCost
{
    // A multiplication and addition of ONNX Runtime's convolutions, which take 16 channels of the result at a time;
    // with numbers of channels that they are not made for; and of the transposed ones, which also put each product of a
    // channel and a pixel with a kernel in its place.
    private const double Direct = 8,
        DirectStrided = 9.5,
        DirectPlain = 16,
        DirectTransposed = 8.5,
        Placed = 350;

    // A multiplication and addition of our own.
    private const double Matrix = 8.7;

    // A value that is transformed on the way in or out, memory included.
    private const double Moved = 200;

    // A factor of a weight that is made in each run, and one that was made before: few enough for that stay in a cache.
    private const double Weight = 95,
        ReadyWeight = 15;

    // What a run costs in any case.
    private const double Start = 5e6;

    // Beyond this share of the direct time, the gain is not worth the memory.
    private const double Worthwhile = 0.85;

    private const int Channels = 16,
        Columns = 32,
        Tiles = 8;

    /// <summary>Whether a convolution is faster for images of that size.</summary>
    /// <param name="convolution">The convolution.</param>
    /// <param name="height">Rows of the result.</param>
    /// <param name="width">Columns of the result.</param>
    public static bool Pays(ConvolutionNode convolution, long height, long width)
    {
        var (tile, products, phases) = Filtering(convolution);
        // Tiles are of the result, or of what a transposed convolution reads.
        double side = convolution.IsTransposed ? Math.Sqrt(phases) : 1,
            rows = Math.Ceiling(height / side),
            columns = Math.Ceiling(width / side),
            tiles = Math.Ceiling(rows / tile) * Math.Ceiling(columns / tile);
        double direct = DirectPerPixel(convolution) * rows * columns;
        double weights = Factors(convolution),
            values =
                Filled(convolution.Inputs, Channels) * (convolution.IsTransposed ? 1 : phases)
                + Filled(convolution.Outputs, Channels) * (convolution.IsTransposed ? phases : 1);
        double managed =
            Matrix * Multiplied(convolution) * Filled(tiles, Tiles)
            + Moved * products * tiles * values
            + (weights > ManagedOperator.MostReadyFactors ? Weight : ReadyWeight) * weights
            + Start;
        return managed < Worthwhile * direct;
    }

    /// <summary>Bytes of the factors of a convolution's weights, where they are held beside the weights.</summary>
    public static long Growth(ConvolutionNode convolution) =>
        Factors(convolution) is <= ManagedOperator.MostReadyFactors and var factors ? (long)factors * sizeof(float) : 0;

    private static double DirectPerPixel(ConvolutionNode convolution)
    {
        double kernel = convolution.Kernel.Height * convolution.Kernel.Width;
        int inputs = convolution.Inputs,
            outputs = convolution.Outputs;
        if (convolution.IsTransposed)
            return kernel * outputs * (DirectTransposed * inputs + Placed);
        bool plain = outputs < Channels || (inputs > Channels && inputs % 4 != 0);
        return plain
            ? kernel * inputs * outputs * DirectPlain
            : kernel * inputs * Filled(outputs, Channels) * (convolution.HasStride(1) ? Direct : DirectStrided);
    }

    private static double Factors(ConvolutionNode convolution)
    {
        var (_, products, phases) = Filtering(convolution);
        double columns =
            convolution.IsTransposed && phases > 1
                ? Filled(convolution.Outputs, Channels)
                : Filled(convolution.Outputs, Columns);
        return products * phases * Filled(convolution.Inputs, Channels) * columns;
    }

    // Factors that are multiplied with those of each tile: none of channels that only fill a group, and with 3x3
    // kernels and stride 2, some are zero.
    private static double Multiplied(ConvolutionNode convolution)
    {
        double zeros =
            convolution.Kernel.Height == 3 && convolution.HasStride(2) ? (convolution.IsTransposed ? 0.1 : 0.19) : 0;
        return (1 - zeros) * Factors(convolution) * convolution.Inputs / Filled(convolution.Inputs, Channels);
    }

    // The side of a tile, products of a tile, and convolutions of stride 1 that it is the sum of.
    private static (int Tile, int Products, int Phases) Filtering(ConvolutionNode convolution)
    {
        int stride = convolution.HasStride(2) ? 2 : 1;
        var (tile, taps) = (convolution.Kernel.Height, stride) switch
        {
            (_, 2) => (4, 2),
            (3, _) => (4, 3),
            _ => (3, 4),
        };
        int window = tile + taps - 1;
        return (tile, window * window, stride * stride);
    }

    private static double Filled(double count, int unit) => Math.Ceiling(count / unit) * unit;
}

namespace MlNetImageTranslation.Export;

/// <summary>
/// Where Winograd's way pays: an estimate of both ways on one core, in picoseconds. Measured on a core with AVX-512
/// (ONNX Runtime 1.31), where it has least to gain: a core with AVX2 alone multiplies at two thirds of that speed and
/// moves data as fast.
/// </summary>
internal static class WinogradCost
{
    // A multiplication and addition of the direct kernels (124 a nanosecond), and of the matrix product.
    private const double Direct = 8,
        Matrix = 10;

    // A value that is transformed on the way in or out, memory included.
    private const double Moved = 1000;

    // A transformed weight that is read: a small image uses each only a few times.
    private const double Weight = 200;

    // Beyond this share of the direct time, the gain is not worth the memory.
    private const double Worthwhile = 0.9;

    /// <summary>Whether a convolution is faster for images of that size.</summary>
    /// <param name="inputs">Input channels.</param>
    /// <param name="outputs">Output channels.</param>
    /// <param name="height">Rows of the result.</param>
    /// <param name="width">Columns of the result.</param>
    public static bool Pays(int inputs, int outputs, long height, long width)
    {
        double pairs = (double)inputs * outputs,
            tiles =
                Math.Ceiling(height / (double)WinogradTransform.Tile)
                * Math.Ceiling(width / (double)WinogradTransform.Tile);
        double direct = Direct * 9 * pairs * height * width;
        double winograd =
            WinogradTransform.Products * (Matrix * pairs * tiles + Moved * (inputs + outputs) * tiles + Weight * pairs);
        return winograd < Worthwhile * direct;
    }
}

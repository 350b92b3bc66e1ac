namespace MlNetImageTranslation;

/// <summary>A convolution or its transpose from image to image, large ones in pieces.</summary>
internal static unsafe class WinogradPass<TFiltering>
    where TFiltering : struct, IMinimalFiltering
{
    /// <summary>Runs a convolution, or its transpose where the weights are taken for that.</summary>
    /// <param name="shape">What the convolution reads and writes.</param>
    /// <param name="images">[images, inputs, input height, input width], for the transpose [images, outputs, height,
    /// width].</param>
    /// <param name="weights">The weights.</param>
    /// <param name="finish">What is done to the result.</param>
    /// <param name="result">[images, outputs, height, width], of the transpose [images, inputs, input height, input
    /// width].</param>
    /// <param name="workers">Who works on it.</param>
    /// <param name="mostFactors">Values that the factors of what is read have at most.</param>
    public static void Run(
        WinogradShape shape,
        float* images,
        WinogradWeightSource weights,
        ConvolutionFinish finish,
        float* result,
        Workers workers,
        long mostFactors
    )
    {
        bool transposed = weights.Panels.IsTransposed;
        foreach (var range in Ranges(shape, mostFactors))
        {
            var all = transposed ? range.WithRowAbove(shape) : range;
            float* factors = Allocate(shape, all, transposed ? shape.Breadth : shape.Depth, workers);
            try
            {
                if (transposed)
                {
                    WinogradFactors<TFiltering>.OfGradient(shape, all, images, factors, workers);
                    WinogradKernel<TFiltering>.Transpose(shape, range, factors, weights, finish, result, workers);
                }
                else
                {
                    WinogradFactors<TFiltering>.OfInput(shape, all, images, factors, workers);
                    WinogradKernel<TFiltering>.Convolve(shape, range, factors, weights, finish, result, workers);
                }
            }
            finally
            {
                workers.Free(factors);
            }
        }
    }

    /// <summary>The pieces that an image is computed in.</summary>
    /// <param name="shape">The convolution.</param>
    /// <param name="mostFactors">Values that the factors of a piece have at most.</param>
    public static IEnumerable<TileRange> Ranges(WinogradShape shape, long mostFactors) =>
        TileRange.All(shape, mostFactors / WinogradLayout<TFiltering>.Products / Math.Max(shape.Depth, shape.Breadth));

    private static float* Allocate(WinogradShape shape, TileRange range, int channels, Workers workers) =>
        (float*)
            workers.Allocate(
                (nuint)(
                    WinogradLayout<TFiltering>.Products
                    * WinogradLayout<TFiltering>.FactorStep(shape, range, channels)
                    * sizeof(float)
                )
            );
}

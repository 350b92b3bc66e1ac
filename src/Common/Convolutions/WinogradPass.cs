namespace MlNetImageTranslation;

/// <summary>A convolution or its transpose from image to image, large ones in pieces.</summary>
internal static unsafe class WinogradPass<TFiltering>
    where TFiltering : struct, IMinimalFiltering
{
    /// <summary>Runs a convolution.</summary>
    /// <param name="shape">What it reads and writes.</param>
    /// <param name="images">[images, inputs, input height, input width].</param>
    /// <param name="weights">The weights.</param>
    /// <param name="finish">What is done to the result.</param>
    /// <param name="result">[images, outputs, height, width].</param>
    /// <param name="workers">Who works on it.</param>
    /// <param name="mostFactors">Values that the factors of what is read have at most.</param>
    public static void Convolve(
        WinogradShape shape,
        float* images,
        WinogradWeightSource weights,
        ConvolutionFinish finish,
        float* result,
        Workers workers,
        long mostFactors
    )
    {
        foreach (var range in Ranges(shape, mostFactors))
        {
            float* factors = Allocate(shape, range, shape.Depth, workers);
            try
            {
                WinogradFactors<TFiltering>.OfInput(shape, range, images, factors, workers);
                WinogradKernel<TFiltering>.Convolve(shape, range, factors, weights, finish, result, workers);
            }
            finally
            {
                workers.Free(factors);
            }
        }
    }

    /// <summary>Runs the transpose of a convolution.</summary>
    /// <param name="shape">What the convolution reads and writes.</param>
    /// <param name="images">[images, outputs, height, width].</param>
    /// <param name="weights">The weights.</param>
    /// <param name="finish">What is done to the result.</param>
    /// <param name="result">[images, inputs, input height, input width].</param>
    /// <param name="workers">Who works on it.</param>
    /// <param name="mostFactors">Values that the factors of what is read have at most.</param>
    public static void Transpose(
        WinogradShape shape,
        float* images,
        WinogradWeightSource weights,
        ConvolutionFinish finish,
        float* result,
        Workers workers,
        long mostFactors
    )
    {
        foreach (var range in Ranges(shape, mostFactors))
        {
            var all = range.WithRowAbove(shape);
            float* factors = Allocate(shape, all, shape.Breadth, workers);
            try
            {
                WinogradFactors<TFiltering>.OfGradient(shape, all, images, factors, workers);
                WinogradKernel<TFiltering>.Transpose(shape, range, factors, weights, finish, result, workers);
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

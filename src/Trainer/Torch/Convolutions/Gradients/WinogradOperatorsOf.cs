using TorchSharp;

namespace MlNetImageTranslation.Trainer;

/// <summary>The operators of one filtering.</summary>
internal sealed unsafe class WinogradOperators<TFiltering> : WinogradOperators
    where TFiltering : struct, IMinimalFiltering
{
    /// <summary>Values that the factors of what is read have at most: 64 MiB. Larger images are computed in pieces.</summary>
    private const long MostFactors = 1 << 24;

    /// <inheritdoc/>
    public override Tensor Convolve(WinogradShape shape, Tensor x, Tensor weight, Tensor? bias)
    {
        int threads = torch.get_num_threads();
        using var images = x.contiguous();
        using var kernels = weight.contiguous();
        var result = torch.empty([shape.Images, shape.Outputs, shape.Height, shape.Width]);
        foreach (var range in Ranges(shape))
        {
            using var factors = Factors(shape, range, shape.Depth);
            WinogradFactors<TFiltering>.OfInput(shape, range, Values(images), Values(factors), threads);
            WinogradKernel<TFiltering>.Convolve(
                shape,
                range,
                Values(factors),
                Values(kernels),
                Values(bias),
                Values(result),
                threads
            );
        }
        return result;
    }

    /// <inheritdoc/>
    public override Tensor Transpose(WinogradShape shape, Tensor gradient, Tensor weight, Tensor? bias)
    {
        int threads = torch.get_num_threads();
        using var images = gradient.contiguous();
        using var kernels = weight.contiguous();
        long[] size = [shape.Images, shape.Inputs, shape.InputHeight, shape.InputWidth];
        var result = shape.ReadsEverything ? torch.empty(size) : torch.zeros(size);
        foreach (var range in Ranges(shape))
        {
            var all = range.WithRowAbove(shape);
            using var factors = Factors(shape, all, shape.Outputs);
            WinogradFactors<TFiltering>.OfGradient(shape, all, Values(images), Values(factors), threads);
            WinogradKernel<TFiltering>.Transpose(
                shape,
                range,
                Values(factors),
                Values(kernels),
                Values(bias),
                Values(result),
                threads
            );
        }
        return result;
    }

    /// <inheritdoc/>
    public override Tensor WeightGradient(WinogradShape shape, Tensor x, Tensor gradient)
    {
        int threads = torch.get_num_threads();
        using var images = x.contiguous();
        using var above = gradient.contiguous();
        var result = torch.empty([shape.Outputs, shape.Inputs, shape.Kernel, shape.Kernel]);
        foreach (var range in Ranges(shape))
        {
            using var inputs = Factors(shape, range, shape.Depth);
            using var gradients = Factors(shape, range, shape.Outputs);
            WinogradFactors<TFiltering>.OfInput(shape, range, Values(images), Values(inputs), threads);
            WinogradFactors<TFiltering>.OfGradient(shape, range, Values(above), Values(gradients), threads);
            WinogradKernel<TFiltering>.WeightGradient(
                shape,
                range,
                Values(inputs),
                Values(gradients),
                Values(result),
                range.First > 0,
                threads
            );
        }
        return result;
    }

    private static IEnumerable<TileRange> Ranges(WinogradShape shape) =>
        TileRange.All(shape, MostFactors / WinogradLayout<TFiltering>.Products / Math.Max(shape.Depth, shape.Outputs));

    private static Tensor Factors(WinogradShape shape, TileRange range, int channels) =>
        torch.empty([
            WinogradLayout<TFiltering>.Products * WinogradLayout<TFiltering>.FactorStep(shape, range, channels),
        ]);

    private static float* Values(Tensor? tensor) => tensor is null ? null : TensorMemory.Floats(tensor);
}

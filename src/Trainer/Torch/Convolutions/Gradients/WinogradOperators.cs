using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;

namespace MlNetImageTranslation.Trainer;

/// <summary>What <see cref="WinogradKernel{TFiltering}"/> computes, for tensors, without gradients.</summary>
internal static unsafe class WinogradOperators
{
    /// <summary>Values that the factors of what is read have at most: 64 MiB. Larger images are computed in pieces.</summary>
    private const long MostFactors = 1 << 24;

    /// <summary>A convolution.</summary>
    /// <param name="shape">What it reads and writes.</param>
    /// <param name="x">[images, inputs, input height, input width].</param>
    /// <param name="weight">[outputs, inputs, kernel, kernel].</param>
    /// <param name="bias">[outputs], if any.</param>
    /// <returns>[images, outputs, height, width].</returns>
    public static Tensor Convolve(WinogradShape shape, Tensor x, Tensor weight, Tensor? bias) =>
        (shape.Kernel, shape.Stride) switch
        {
            (3, 1) => Convolve<FilteringOfThree>(shape, x, weight, bias),
            (4, 1) => Convolve<FilteringOfFour>(shape, x, weight, bias),
            _ => Convolve<FilteringOfTwo>(shape, x, weight, bias),
        };

    /// <summary>The gradient of what a convolution reads, which is also the transposed convolution.</summary>
    /// <param name="shape">What the convolution reads and writes.</param>
    /// <param name="gradient">[images, outputs, height, width].</param>
    /// <param name="weight">[outputs, inputs, kernel, kernel].</param>
    /// <param name="bias">[inputs], if any.</param>
    /// <returns>[images, inputs, input height, input width].</returns>
    public static Tensor Transpose(WinogradShape shape, Tensor gradient, Tensor weight, Tensor? bias) =>
        (shape.Kernel, shape.Stride) switch
        {
            (3, 1) => Transpose<FilteringOfThree>(shape, gradient, weight, bias),
            (4, 1) => Transpose<FilteringOfFour>(shape, gradient, weight, bias),
            _ => Transpose<FilteringOfTwo>(shape, gradient, weight, bias),
        };

    /// <summary>The gradient of the weights of a convolution.</summary>
    /// <param name="shape">What the convolution reads and writes.</param>
    /// <param name="x">[images, inputs, input height, input width].</param>
    /// <param name="gradient">[images, outputs, height, width].</param>
    /// <returns>[outputs, inputs, kernel, kernel].</returns>
    public static Tensor WeightGradient(WinogradShape shape, Tensor x, Tensor gradient) =>
        (shape.Kernel, shape.Stride) switch
        {
            (3, 1) => WeightGradient<FilteringOfThree>(shape, x, gradient),
            (4, 1) => WeightGradient<FilteringOfFour>(shape, x, gradient),
            _ => WeightGradient<FilteringOfTwo>(shape, x, gradient),
        };

    private static Tensor Convolve<TFiltering>(WinogradShape shape, Tensor x, Tensor weight, Tensor? bias)
        where TFiltering : struct, IMinimalFiltering
    {
        int threads = torch.get_num_threads();
        using var images = x.contiguous();
        using var kernels = weight.contiguous();
        var result = torch.empty([shape.Images, shape.Outputs, shape.Height, shape.Width]);
        foreach (var range in Ranges<TFiltering>(shape))
        {
            using var factors = Factors<TFiltering>(shape, range, shape.Depth);
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

    private static Tensor Transpose<TFiltering>(WinogradShape shape, Tensor gradient, Tensor weight, Tensor? bias)
        where TFiltering : struct, IMinimalFiltering
    {
        int threads = torch.get_num_threads();
        using var images = gradient.contiguous();
        using var kernels = weight.contiguous();
        long[] size = [shape.Images, shape.Inputs, shape.InputHeight, shape.InputWidth];
        var result = shape.ReadsEverything ? torch.empty(size) : torch.zeros(size);
        foreach (var range in Ranges<TFiltering>(shape))
        {
            var all = range.WithRowAbove(shape);
            using var factors = Factors<TFiltering>(shape, all, shape.Outputs);
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

    private static Tensor WeightGradient<TFiltering>(WinogradShape shape, Tensor x, Tensor gradient)
        where TFiltering : struct, IMinimalFiltering
    {
        int threads = torch.get_num_threads();
        using var images = x.contiguous();
        using var above = gradient.contiguous();
        var result = torch.empty([shape.Outputs, shape.Inputs, shape.Kernel, shape.Kernel]);
        foreach (var range in Ranges<TFiltering>(shape))
        {
            using var inputs = Factors<TFiltering>(shape, range, shape.Depth);
            using var gradients = Factors<TFiltering>(shape, range, shape.Outputs);
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

    private static IEnumerable<TileRange> Ranges<TFiltering>(WinogradShape shape)
        where TFiltering : struct, IMinimalFiltering =>
        TileRange.All(shape, MostFactors / WinogradLayout<TFiltering>.Products / Math.Max(shape.Depth, shape.Outputs));

    private static Tensor Factors<TFiltering>(WinogradShape shape, TileRange range, int channels)
        where TFiltering : struct, IMinimalFiltering =>
        torch.empty([
            WinogradLayout<TFiltering>.Products * WinogradLayout<TFiltering>.FactorStep(shape, range, channels),
        ]);

    private static float* Values(Tensor? tensor) =>
        tensor is null ? null : (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(tensor.bytes));
}

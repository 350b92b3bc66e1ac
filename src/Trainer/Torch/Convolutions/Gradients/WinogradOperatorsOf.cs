using TorchSharp;

namespace MlNetImageTranslation.Trainer;

/// <summary>The operators of one filtering.</summary>
internal sealed unsafe class WinogradOperators<TFiltering> : WinogradOperators
    where TFiltering : struct, IMinimalFiltering
{
    /// <summary>
    /// Values that the factors of what is read have at most: 64 MiB. Larger images are computed in pieces.
    /// </summary>
    private const long MostFactors = 1 << 24;

    /// <inheritdoc/>
    public override Tensor Convolve(WinogradShape shape, Tensor x, Tensor weight, Tensor? bias)
    {
        var result = torch.empty([shape.Images, shape.Outputs, shape.Height, shape.Width]);
        Run(shape, x, weight, bias, result, transposed: false);
        return result;
    }

    /// <inheritdoc/>
    public override Tensor Transpose(WinogradShape shape, Tensor gradient, Tensor weight, Tensor? bias)
    {
        long[] size = [shape.Images, shape.Inputs, shape.InputHeight, shape.InputWidth];
        var result = shape.ReadsEverything ? torch.empty(size) : torch.zeros(size);
        Run(shape, gradient, weight, bias, result, transposed: true);
        return result;
    }

    /// <inheritdoc/>
    public override Tensor WeightGradient(WinogradShape shape, Tensor x, Tensor gradient)
    {
        var workers = OpenMpTeam.OfTorch;
        using var images = x.contiguous();
        using var above = gradient.contiguous();
        var result = torch.empty([shape.Outputs, shape.Inputs, shape.Kernel, shape.Kernel]);
        foreach (var range in WinogradPass<TFiltering>.Ranges(shape, MostFactors))
        {
            using var inputs = Factors(shape, range, shape.Depth);
            using var gradients = Factors(shape, range, shape.Breadth);
            WinogradFactors<TFiltering>.OfInput(shape, range, Values(images), Values(inputs), workers);
            WinogradFactors<TFiltering>.OfGradient(shape, range, Values(above), Values(gradients), workers);
            WinogradWeightGradient<TFiltering>.Compute(
                shape,
                range,
                Values(inputs),
                Values(gradients),
                Values(result),
                range.First > 0,
                workers
            );
        }
        return result;
    }

    private static void Run(WinogradShape shape, Tensor x, Tensor weight, Tensor? bias, Tensor result, bool transposed)
    {
        using var images = x.contiguous();
        using var kernels = weight.contiguous();
        WinogradPass<TFiltering>.Run(
            shape,
            Values(images),
            new(WinogradWeights<TFiltering>.Panels(shape, transposed), (nint)Values(kernels), AreFactors: false),
            new(Values(bias)),
            Values(result),
            OpenMpTeam.OfTorch,
            MostFactors
        );
    }

    private static Tensor Factors(WinogradShape shape, TileRange range, int channels) =>
        torch.empty([
            WinogradLayout<TFiltering>.Products * WinogradLayout<TFiltering>.FactorStep(shape, range, channels),
        ]);

    private static float* Values(Tensor? tensor) => tensor is null ? null : TensorMemory.Floats(tensor);
}

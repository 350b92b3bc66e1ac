using TorchSharp;
using static TorchSharp.torch.nn;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Convolutions with few results and a large kernel on the CPU, as at the end of a ResNet: 64 channels to 3 by 7x7. Each
/// row of the kernel is a convolution of its own, all of them are one with seven times the results, and these are added
/// where they belong. libtorch's kernels compute at least 16 results, however few are asked for; it takes two fifths of
/// their time.
/// </summary>
internal static class NarrowConvolution
{
    private const int SmallestKernel = 5,
        MostResults = 4;

    /// <summary>Whether a convolution is computed so.</summary>
    /// <param name="layer">The convolution.</param>
    /// <param name="x">What it reads: [N, channels, height, width].</param>
    /// <param name="weight">Its weights.</param>
    public static bool Fits(ConvolutionLayer layer, Tensor x, Tensor weight) =>
        CpuFloats.Are(x)
        && layer.Stride == 1
        && layer.KernelSize >= SmallestKernel
        && weight.shape[0] <= MostResults
        && weight.shape[1] >= 4 * weight.shape[0]
        && layer.Padding.Left == layer.Padding.Right
        && layer.Padding.Top == layer.Padding.Bottom;

    /// <summary>The convolution: [N, outputs, height, width].</summary>
    public static Tensor Convolve(ConvolutionLayer layer, Tensor x, Tensor weight, Tensor? bias)
    {
        long outputs = weight.shape[0],
            inputs = weight.shape[1],
            kernel = layer.KernelSize;
        using var permuted = weight.permute(2, 0, 1, 3);
        using var rows = permuted.reshape(kernel * outputs, inputs, 1, kernel);
        using var results = functional.conv2d(x, rows, padding: [layer.Padding.Top, layer.Padding.Left]);
        long images = results.shape[0],
            height = results.shape[2],
            width = results.shape[3],
            plane = height * width;
        // The results of each row of the kernel, moved up by as many rows.
        using var moved = results.as_strided(
            [images, kernel, outputs, height - kernel + 1, width],
            [kernel * outputs * plane, outputs * plane + width, plane, width, 1]
        );
        return ConvolutionBias.Add(moved.sum(1), bias);
    }
}

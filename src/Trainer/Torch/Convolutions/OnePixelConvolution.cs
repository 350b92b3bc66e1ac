using TorchSharp;
using static TorchSharp.torch.nn;
using Padding = MlNetImageTranslation.Networks.Padding;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// A convolution with one pixel as its result, and a transposed one of one pixel, as in the middle of a U-Net: products
/// of a matrix and a vector. libtorch's kernels bring all weights into an order for many pixels first, and gradients
/// back from it, and take two to nine times as long.
/// </summary>
internal static class OnePixelConvolution
{
    /// <summary>Whether a convolution can be computed so.</summary>
    /// <param name="layer">The convolution.</param>
    /// <param name="x">What it reads: [N, channels, height, width].</param>
    public static bool Fits(ConvolutionLayer layer, Tensor x)
    {
        var (kernel, padding) = (layer.KernelSize, layer.Padding);
        return IsOne(x)
            && IsOnePixel(x.shape[2] + padding.Top + padding.Bottom)
            && IsOnePixel(x.shape[3] + padding.Left + padding.Right);

        bool IsOnePixel(long side) => side >= kernel && side < kernel + layer.Stride;
    }

    /// <summary>Whether a transposed convolution can be computed so.</summary>
    /// <inheritdoc cref="Fits(ConvolutionLayer, Tensor)"/>
    public static bool Fits(TransposedConvolutionLayer layer, Tensor x)
    {
        var crop = layer.Padding;
        return IsOne(x)
            && (x.shape[2], x.shape[3]) == (1, 1)
            && Math.Min(Math.Min(crop.Left, crop.Right), Math.Min(crop.Top, crop.Bottom)) >= 0;
    }

    /// <summary>The convolution: [1, outputs, 1, 1].</summary>
    public static Tensor Convolve(ConvolutionLayer layer, Tensor x, Tensor weight, Tensor? bias)
    {
        var (kernel, padding) = (layer.KernelSize, layer.Padding);
        long outputs = weight.shape[0];
        // What lies under the kernel: some of the image may be cut off.
        using var window = functional.pad(
            x,
            [padding.Left, kernel - padding.Left - x.shape[3], padding.Top, kernel - padding.Top - x.shape[2]]
        );
        using var matrix = weight.view(outputs, -1);
        using var vector = window.reshape(-1, 1);
        using var product = matrix.matmul(vector);
        return ConvolutionBias.Add(product.view(1, outputs, 1, 1), bias);
    }

    /// <summary>The transposed convolution: [1, outputs, kernel less what is cropped, the same].</summary>
    public static Tensor Transpose(TransposedConvolutionLayer layer, Tensor x, Tensor weight, Tensor? bias)
    {
        Padding crop = layer.Padding;
        long inputs = weight.shape[0],
            outputs = weight.shape[1],
            kernel = layer.KernelSize;
        using var vector = x.view(1, inputs);
        using var matrix = weight.view(inputs, -1);
        using var product = vector.matmul(matrix);
        using var whole = product.view(1, outputs, kernel, kernel);
        using var rows = whole.narrow(2, crop.Top, kernel - crop.Top - crop.Bottom);
        using var cropped = rows.narrow(3, crop.Left, kernel - crop.Left - crop.Right);
        return ConvolutionBias.Add(cropped.contiguous(), bias);
    }

    private static bool IsOne(Tensor x) => CpuFloats.Are(x) && x.shape[0] == 1;
}

using System.Runtime.Intrinsics.X86;
using TorchSharp;
using Padding = MlNetImageTranslation.Networks.Padding;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Convolutions of many channels on the CPU, plain and transposed, with kernels of 3x3 and 4x4 and stride 1 or 2. They
/// need AVX2, and take a third to three quarters of the time of libtorch's kernels.
/// </summary>
internal static class WinogradConvolution
{
    /// <summary>With fewer tiles of 4x4 results, bringing weights into order takes longer than they save.</summary>
    private const int FewestTiles = 4;

    /// <summary>The memory of a tensor is a span of bytes here.</summary>
    private const long MostBytes = int.MaxValue;

    /// <summary>The shape of a convolution, if it can be computed so.</summary>
    /// <param name="layer">The convolution.</param>
    /// <param name="x">What it reads: [N, channels, height, width].</param>
    /// <param name="weight">Its weights.</param>
    public static WinogradShape? Fit(ConvolutionLayer layer, Tensor x, Tensor weight)
    {
        var padding = layer.Padding;
        long height = (x.shape[2] + padding.Top + padding.Bottom - layer.KernelSize) / layer.Stride + 1,
            width = (x.shape[3] + padding.Left + padding.Right - layer.KernelSize) / layer.Stride + 1;
        return Fit(x, weight, layer.Stride, padding, (x.shape[2], x.shape[3]), (height, width));
    }

    /// <summary>The shape of the convolution whose transpose a layer is, if it can be computed so.</summary>
    /// <inheritdoc cref="Fit(ConvolutionLayer, Tensor, Tensor)"/>
    public static WinogradShape? Fit(TransposedConvolutionLayer layer, Tensor x, Tensor weight)
    {
        var crop = layer.Padding;
        long height = (x.shape[2] - 1) * layer.Stride + layer.KernelSize - crop.Top - crop.Bottom,
            width = (x.shape[3] - 1) * layer.Stride + layer.KernelSize - crop.Left - crop.Right;
        // What it gives is what the convolution would read, so there is nothing that it does not reach.
        return Fit(x, weight, layer.Stride, crop, (height, width), (x.shape[2], x.shape[3]));
    }

    private static WinogradShape? Fit(
        Tensor x,
        Tensor weight,
        int stride,
        Padding padding,
        (long Height, long Width) input,
        (long Height, long Width) result
    )
    {
        long kernel = weight.shape[2];
        if (
            !Fma.IsSupported
            || !CpuFloats.Are(x)
            || Math.Min(Math.Min(padding.Left, padding.Right), Math.Min(padding.Top, padding.Bottom)) < 0
            || (kernel, stride) is not ((3, 1) or (4, 1) or (3, 2) or (4, 2))
            || weight.shape[0] % MatrixKernel.Columns != 0
            || weight.shape[1] % MatrixKernel.Columns != 0
        )
            return null;
        var shape = new WinogradShape
        {
            Images = (int)x.shape[0],
            Inputs = (int)weight.shape[1],
            InputHeight = (int)input.Height,
            InputWidth = (int)input.Width,
            Outputs = (int)weight.shape[0],
            Height = (int)result.Height,
            Width = (int)result.Width,
            Kernel = (int)kernel,
            Stride = stride,
            Top = padding.Top,
            Left = padding.Left,
        };
        return shape.Tiles < FewestTiles || shape.LargestSize > MostBytes / sizeof(float) ? null : shape;
    }
}

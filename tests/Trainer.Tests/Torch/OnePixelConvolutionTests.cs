using MlNetImageTranslation.Networks;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using Padding = MlNetImageTranslation.Networks.Padding;

namespace MlNetImageTranslation.Trainer.Tests;

/// <summary>Products of matrices give what libtorch's convolutions give, and the same gradients.</summary>
public sealed class OnePixelConvolutionTests
{
    private const double Tolerance = 1e-5;

    [Theory]
    [InlineData(4, 2, 1, 2, 2, true)]
    [InlineData(4, 2, 1, 3, 2, false)]
    [InlineData(3, 2, 1, 2, 1, true)]
    [InlineData(4, 4, 0, 7, 6, true)]
    [InlineData(1, 1, 0, 1, 1, false)]
    public void Convolutions(int kernel, int stride, int padding, int height, int width, bool bias)
    {
        var layer = new ConvolutionLayer
        {
            Name = "c",
            Inputs = [NetworkGraph.InputName],
            InputChannels = 5,
            OutputChannels = 7,
            KernelSize = kernel,
            Stride = stride,
            Padding = Padding.All(padding),
        };
        AssertSame(
            OnePixelConvolution.Fits,
            OnePixelConvolution.Convolve,
            (x, w, b) => functional.conv2d(x, w, b!, [stride, stride], [padding, padding]),
            layer,
            [1, 5, height, width],
            [7, 5, kernel, kernel],
            bias ? 7 : null
        );
    }

    [Theory]
    [InlineData(4, 2, 1, 0, true)]
    [InlineData(4, 2, 1, 0, false)]
    [InlineData(3, 2, 1, 1, true)]
    [InlineData(2, 2, 0, 0, false)]
    public void Transposed_convolutions(int kernel, int stride, int padding, int outputPadding, bool bias)
    {
        var layer = new TransposedConvolutionLayer
        {
            Name = "c",
            Inputs = [NetworkGraph.InputName],
            InputChannels = 6,
            OutputChannels = 4,
            KernelSize = kernel,
            Stride = stride,
            Padding = new(padding, padding, padding - outputPadding, padding - outputPadding),
        };
        AssertSame(
            OnePixelConvolution.Fits,
            OnePixelConvolution.Transpose,
            (x, w, b) =>
                functional.conv_transpose2d(
                    x,
                    w,
                    b!,
                    [stride, stride],
                    [padding, padding],
                    [outputPadding, outputPadding]
                ),
            layer,
            [1, 6, 1, 1],
            [6, 4, kernel, kernel],
            bias ? 4 : null
        );
    }

    [Theory]
    [InlineData(2, 2, 2)]
    [InlineData(1, 4, 2)]
    public void Others_do_not_fit(int batch, int height, int width)
    {
        var layer = new ConvolutionLayer
        {
            Name = "c",
            Inputs = [NetworkGraph.InputName],
            InputChannels = 3,
            OutputChannels = 3,
            KernelSize = 4,
            Stride = 2,
            Padding = Padding.All(1),
        };
        using var x = zeros(batch, 3, height, width);
        Assert.False(OnePixelConvolution.Fits(layer, x));
    }

    private static void AssertSame<TLayer>(
        Func<TLayer, Tensor, bool> fits,
        Func<TLayer, Tensor, Tensor, Tensor?, Tensor> ours,
        Func<Tensor, Tensor, Tensor?, Tensor> torchs,
        TLayer layer,
        long[] image,
        long[] kernel,
        int? biases
    )
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3, CPU);
        Tensor x = Values(image),
            weight = Values(kernel);
        var bias = biases is { } count ? Values(count) : null;
        Tensor[] inputs = bias is null ? [x, weight] : [x, weight, bias];
        Assert.True(fits(layer, x));

        Tensor expected = torchs(x, weight, bias),
            actual = ours(layer, x, weight, bias);

        Assert.Equal(expected.shape, actual.shape);
        AssertClose(expected, actual);
        var direction = rand(expected.shape, generator: generator);
        foreach (
            var (first, second) in autograd
                .grad([expected], inputs, [direction])
                .Zip(autograd.grad([actual], inputs, [direction]))
        )
            AssertClose(first, second);

        Tensor Values(params long[] shape) => rand(shape, generator: generator).sub(0.5).detach().requires_grad_();

        static void AssertClose(Tensor expected, Tensor actual) =>
            Assert.InRange((expected - actual).abs().max().item<float>(), 0, Tolerance);
    }
}

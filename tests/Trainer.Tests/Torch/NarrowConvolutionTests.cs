using MlNetImageTranslation.Networks;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using Padding = MlNetImageTranslation.Networks.Padding;

namespace MlNetImageTranslation.Trainer.Tests;

/// <summary>Convolutions with few results give what libtorch's give, and the same gradients.</summary>
public sealed class NarrowConvolutionTests
{
    [Theory]
    [InlineData(7, 3, 0, 0, 2, true)]
    [InlineData(7, 1, 3, 3, 1, false)]
    [InlineData(5, 4, 1, 2, 3, true)]
    public void Same_results(int kernel, int outputs, int rows, int columns, int images, bool bias)
    {
        const double Tolerance = 1e-5;
        using var scope = NewDisposeScope();
        var layer = Layer(kernel, new(columns, rows, columns, rows));
        Tensor x = Values(1, images, 16, 13, 11),
            weight = Values(2, outputs, 16, kernel, kernel);
        var offset = bias ? Values(3, outputs) : null;
        Tensor[] arguments = offset is null ? [x, weight] : [x, weight, offset];
        Assert.True(NarrowConvolution.Fits(layer, x, weight));

        Tensor expected = functional.conv2d(x, weight, offset!, padding: [rows, columns]),
            actual = NarrowConvolution.Convolve(layer, x, weight, offset);

        Assert.Equal(expected.shape, actual.shape);
        AssertClose(expected, actual);
        var direction = Values(4, [.. expected.shape.Select(side => (int)side)]).detach();
        Assert.All(
            autograd.grad([expected], arguments, [direction]).Zip(autograd.grad([actual], arguments, [direction])),
            pair => AssertClose(pair.First, pair.Second)
        );

        static void AssertClose(Tensor expected, Tensor actual) =>
            Assert.InRange(((expected - actual).abs().max() / expected.abs().max()).item<float>(), 0, Tolerance);
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(7, 8)]
    public void Others_do_not_fit(int kernel, int outputs)
    {
        using var x = zeros(1, 64, 16, 16);
        using var weight = zeros(outputs, 64, kernel, kernel);
        Assert.False(NarrowConvolution.Fits(Layer(kernel, Padding.None), x, weight));
    }

    private static ConvolutionLayer Layer(int kernel, Padding padding) =>
        new()
        {
            Name = "c",
            Inputs = [NetworkGraph.InputName],
            InputChannels = 16,
            OutputChannels = 3,
            KernelSize = kernel,
            Stride = 1,
            Padding = padding,
        };

    private static Tensor Values(long seed, params int[] shape) =>
        TestTensors.ToTorch(TestTensors.Normal(seed, shape)).requires_grad_();
}

using System.Runtime.Intrinsics.X86;
using MlNetImageTranslation.Networks;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using Padding = MlNetImageTranslation.Networks.Padding;

namespace MlNetImageTranslation.Trainer.Tests;

/// <summary>
/// Winograd's algorithm gives what libtorch's convolutions give in double precision, and the same gradients, also those
/// of gradients.
/// </summary>
public sealed class WinogradConvolutionTests
{
    /// <summary>Of the largest value: float32 has 24 bits, of which the transforms cost some.</summary>
    private const double Tolerance = 2e-5;

    public static TheoryData<int, int, int, Padding, int, int, int, int> Shapes =>
        new()
        {
            // kernel, stride, images, padding, inputs, outputs, height, width
            { 3, 1, 1, Padding.None, 32, 64, 18, 10 },
            { 3, 1, 3, Padding.All(1), 64, 32, 9, 23 },
            { 3, 1, 1, new Padding(2, 0, 0, 1), 32, 32, 14, 13 },
            { 4, 1, 2, Padding.All(1), 96, 32, 16, 11 },
            { 4, 1, 1, new Padding(1, 1, 2, 2), 32, 64, 10, 13 },
            { 4, 2, 1, Padding.All(1), 32, 96, 32, 16 },
            { 4, 2, 2, Padding.All(1), 64, 64, 19, 26 },
            { 4, 2, 5, Padding.None, 32, 32, 12, 13 },
            // The last row and column are under no kernel.
            { 4, 2, 2, Padding.None, 32, 64, 11, 35 },
            { 4, 2, 1, new Padding(1, 2, 0, 0), 96, 32, 17, 18 },
            { 3, 2, 1, Padding.None, 32, 32, 18, 34 },
            { 3, 2, 1, Padding.All(1), 64, 32, 32, 24 },
            { 3, 2, 2, new Padding(0, 0, 1, 1), 32, 160, 17, 18 },
        };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Convolutions(
        int kernel,
        int stride,
        int images,
        Padding padding,
        int inputs,
        int outputs,
        int height,
        int width
    )
    {
        RequireAvx512();
        using var scope = NewDisposeScope();
        var layer = Convolution(kernel, stride, padding);
        Tensor x = Values(1, images, inputs, height, width),
            weight = Values(2, outputs, inputs, kernel, kernel),
            bias = Values(3, outputs);
        var shape = Assert.NotNull(WinogradConvolution.Fit(layer, x, weight));
        AssertSame(
            (x, weight, bias) => ConvolutionFunction.Run(shape, x, weight, bias),
            (x, weight, bias) =>
                functional.conv2d(
                    functional.pad(x, [padding.Left, padding.Right, padding.Top, padding.Bottom]),
                    weight,
                    bias,
                    [stride, stride]
                ),
            x,
            weight,
            bias
        );
    }

    [Theory]
    [InlineData(3, 1, 1, 0, 2, 32, 64, 9, 7)]
    [InlineData(4, 1, 1, 0, 1, 64, 32, 11, 7)]
    [InlineData(4, 2, 1, 0, 1, 64, 32, 8, 16)]
    [InlineData(4, 2, 1, 0, 3, 32, 96, 6, 5)]
    [InlineData(3, 2, 1, 1, 1, 96, 64, 13, 10)]
    [InlineData(4, 2, 0, 0, 2, 32, 32, 9, 8)]
    public void Transposed_convolutions(
        int kernel,
        int stride,
        int padding,
        int outputPadding,
        int images,
        int inputs,
        int outputs,
        int height,
        int width
    )
    {
        RequireAvx512();
        using var scope = NewDisposeScope();
        var layer = new TransposedConvolutionLayer
        {
            Name = "c",
            Inputs = [NetworkGraph.InputName],
            InputChannels = inputs,
            OutputChannels = outputs,
            KernelSize = kernel,
            Stride = stride,
            Padding = new(padding, padding, padding - outputPadding, padding - outputPadding),
        };
        Tensor x = Values(1, images, inputs, height, width),
            weight = Values(2, inputs, outputs, kernel, kernel),
            bias = Values(3, outputs);
        var shape = Assert.NotNull(WinogradConvolution.Fit(layer, x, weight));
        AssertSame(
            (x, weight, bias) => TransposedConvolutionFunction.Run(shape, x, weight, bias),
            (x, weight, bias) =>
                functional.conv_transpose2d(
                    x,
                    weight,
                    bias,
                    [stride, stride],
                    [padding, padding],
                    [outputPadding, outputPadding]
                ),
            x,
            weight,
            bias
        );
    }

    [Theory]
    [InlineData(4, 2)]
    [InlineData(3, 1)]
    public void Gradients_of_gradients(int kernel, int stride)
    {
        RequireAvx512();
        using var scope = NewDisposeScope();
        Tensor x = Values(1, 1, 32, 16, 16),
            weight = Values(2, 32, 32, kernel, kernel);
        var shape = Assert.NotNull(WinogradConvolution.Fit(Convolution(kernel, stride, Padding.All(1)), x, weight));

        // As in a gradient penalty: of the size of the gradient of the image.
        var actual = Penalty(x, weight, (x, weight) => ConvolutionFunction.Run(shape, x, weight, null));
        var expected = Penalty(
            Double(x),
            Double(weight),
            (x, weight) => functional.conv2d(x, weight, null, [stride, stride], [1, 1])
        );

        Assert.All(expected.Zip(actual), pair => AssertClose(pair.First, pair.Second));

        static Tensor[] Penalty(Tensor x, Tensor weight, Func<Tensor, Tensor, Tensor> convolve)
        {
            var output = convolve(x, weight);
            var gradient = autograd.grad([output.pow(3).sum()], [x], retain_graph: true, create_graph: true)[0];
            return [.. autograd.grad([gradient.square().sum()], [x, weight])];
        }
    }

    [Theory]
    [InlineData(3, 1)]
    [InlineData(4, 1)]
    [InlineData(4, 2)]
    public void Results_do_not_depend_on_the_number_of_threads(int kernel, int stride)
    {
        RequireAvx512();
        int before = get_num_threads();
        try
        {
            float[][] expected = Compute(1);
            foreach (int threads in new[] { 2, 3, 7 })
                Assert.Equal(expected, Compute(threads));
        }
        finally
        {
            set_num_threads(before);
        }

        float[][] Compute(int threads)
        {
            using var scope = NewDisposeScope();
            set_num_threads(threads);
            Tensor x = Values(1, 2, 32, 30, 26),
                weight = Values(2, 96, 32, kernel, kernel);
            var shape = Assert.NotNull(WinogradConvolution.Fit(Convolution(kernel, stride, Padding.All(1)), x, weight));
            var result = ConvolutionFunction.Run(shape, x, weight, null);
            var gradients = autograd.grad(
                [result],
                [x, weight],
                [Values(4, [.. result.shape.Select(side => (int)side)]).detach()]
            );
            return [.. new[] { result, gradients[0], gradients[1] }.Select(TestTensors.Values)];
        }
    }

    [Fact]
    public void Images_that_are_too_large_for_one_piece()
    {
        RequireAvx512();
        using var scope = NewDisposeScope();
        Tensor x = Values(1, 1, 32, 1200, 340),
            weight = Values(2, 32, 32, 4, 4);
        var shape = Assert.NotNull(WinogradConvolution.Fit(Convolution(4, 2, Padding.All(1)), x, weight));
        AssertSame(
            (x, weight, bias) => ConvolutionFunction.Run(shape, x, weight, bias),
            (x, weight, bias) => functional.conv2d(x, weight, bias, [2, 2], [1, 1]),
            x,
            weight,
            Values(3, 32)
        );
    }

    [Theory]
    [InlineData(5, 1, 32, 32, 16)]
    [InlineData(3, 1, 48, 32, 16)]
    [InlineData(3, 1, 32, 3, 16)]
    [InlineData(3, 3, 32, 32, 32)]
    [InlineData(3, 1, 32, 32, 4)]
    public void Others_do_not_fit(int kernel, int stride, int inputs, int outputs, int side)
    {
        using var scope = NewDisposeScope();
        var layer = Convolution(kernel, stride, Padding.All(1));
        Assert.Null(
            WinogradConvolution.Fit(layer, zeros(1, inputs, side, side), zeros(outputs, inputs, kernel, kernel))
        );
    }

    [Fact]
    public void Images_of_more_than_2_GiB_do_not_fit()
    {
        using var scope = NewDisposeScope();
        // As large to look at, but of one value.
        var x = zeros(1).expand(1, 32, 4200, 4200);
        Assert.Null(WinogradConvolution.Fit(Convolution(3, 1, Padding.All(1)), x, zeros(32, 32, 3, 3)));
    }

    [Fact]
    public void Other_numbers_do_not_fit()
    {
        using var scope = NewDisposeScope();
        var layer = Convolution(3, 1, Padding.All(1));
        Assert.Null(
            WinogradConvolution.Fit(
                layer,
                zeros([1, 32, 16, 16], ScalarType.BFloat16),
                zeros([32, 32, 3, 3], ScalarType.BFloat16)
            )
        );
    }

    private static void RequireAvx512() =>
        Assert.SkipUnless(Fma.IsSupported, "The processor has no AVX2: convolutions are libtorch's.");

    private static ConvolutionLayer Convolution(int kernel, int stride, Padding padding) =>
        new()
        {
            Name = "c",
            Inputs = [NetworkGraph.InputName],
            InputChannels = 32,
            OutputChannels = 32,
            KernelSize = kernel,
            Stride = stride,
            Padding = padding,
        };

    private static Tensor Values(long seed, params int[] shape) =>
        TestTensors.ToTorch(TestTensors.Normal(seed, shape)).requires_grad_();

    private static Tensor Double(Tensor tensor) => tensor.to(ScalarType.Float64).detach().requires_grad_();

    private static void AssertSame(
        Func<Tensor, Tensor, Tensor, Tensor> ours,
        Func<Tensor, Tensor, Tensor, Tensor> torchs,
        params Tensor[] arguments
    )
    {
        Tensor[] precise = [.. arguments.Select(Double)];
        Tensor actual = ours(arguments[0], arguments[1], arguments[2]),
            expected = torchs(precise[0], precise[1], precise[2]);
        Assert.Equal(expected.shape, actual.shape);
        AssertClose(expected, actual);
        var direction = Values(9, [.. actual.shape.Select(side => (int)side)]).detach();
        var gradients = autograd.grad([actual], arguments, [direction]);
        var expectedGradients = autograd.grad([expected], precise, [Double(direction).detach()]);
        Assert.All(expectedGradients.Zip(gradients), pair => AssertClose(pair.First, pair.Second));
    }

    private static void AssertClose(Tensor expected, Tensor actual)
    {
        double largest = (expected - actual).abs().max().item<double>();
        Assert.InRange(largest / expected.abs().max().item<double>(), 0, Tolerance);
    }
}

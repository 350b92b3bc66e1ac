using TorchSharp;
using static TorchSharp.torch;

namespace MlNetImageTranslation.TorchSharpCompat.Tests;

/// <summary>Gradients against finite differences in double precision, first and second order, and the switches around them.</summary>
public sealed class GradientTests
{
    private static readonly Func<Tensor, Tensor>[] Functions =
    [
        x => nn.functional.conv2d(x, Kernel(), padding: [1]).tanh().square().mean(),
        x => nn.functional.instance_norm(x).sigmoid().sum(),
        x => nn.functional.conv_transpose2d(x, Kernel().transpose(0, 1), strides: [2]).abs().pow(1.5).mean(),
        x => nn.functional.pad(x, (1, 1, 1, 1), TorchSharp.PaddingModes.Reflect).exp().mean(),
    ];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void First_derivatives(int function)
    {
        using var scope = NewDisposeScope();
        var f = Functions[function];
        var x = Picture().requires_grad_();
        f(x).backward();
        AssertDerivative(x, x.grad!, value => f(value).ToDouble());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Derivatives_of_gradient_norms(int function)
    {
        using var scope = NewDisposeScope();
        var f = Functions[function];
        Tensor Penalty(Tensor at)
        {
            var gradient = autograd.grad([f(at)], [at], create_graph: true)[0];
            return (gradient.norm() - 1).square();
        }
        var x = Picture().requires_grad_();
        Penalty(x).backward();
        AssertDerivative(x, x.grad!, value => Penalty(value.detach().requires_grad_()).ToDouble());
    }

    [Fact]
    public void No_grad_and_inference_mode_end_with_their_scope()
    {
        using var scope = NewDisposeScope();
        var x = ones(2).requires_grad_();
        using (no_grad())
        {
            Assert.False(is_grad_enabled());
            Assert.False((x * 2).requires_grad);
            using (enable_grad()) Assert.True((x * 2).requires_grad);
        }
        Assert.True(is_grad_enabled());
        using (inference_mode()) Assert.True(is_inference_mode_enabled());
        Assert.False(is_inference_mode_enabled());
        Assert.True((x * 2).requires_grad);
    }

    [Fact]
    public void Gradients_add_up_and_can_be_taken_away()
    {
        using var scope = NewDisposeScope();
        var x = ones(2).requires_grad_();
        Assert.Null(x.grad);
        (x * 3).sum().backward();
        (x * 4).sum().backward();
        Assert.Equal([7f, 7f], x.grad!.data<float>().ToArray());
        x.grad = null;
        Assert.Null(x.grad);
        x.grad = zeros(2);
        (x * 2).sum().backward();
        Assert.Equal([2f, 2f], x.grad!.data<float>().ToArray());
    }

    [Fact]
    public void Detached_and_frozen_tensors_get_no_gradient()
    {
        using var scope = NewDisposeScope();
        var (x, frozen) = (ones(2).requires_grad_(), ones(2));
        (x.detach() * frozen * x).sum().backward();
        Assert.Equal([1f, 1f], x.grad!.data<float>().ToArray());
        Assert.Null(frozen.grad);
        Assert.True(x.is_leaf);
        Assert.Null(autograd.grad([(x * 2).sum()], [x, frozen.requires_grad_()], allow_unused: true)[1]);
    }

    private static Tensor Picture() => (arange(2 * 3 * 5 * 5, ScalarType.Float64) * 0.37).sin().reshape(2, 3, 5, 5);

    private static Tensor Kernel() => (arange(4 * 3 * 3 * 3, ScalarType.Float64) * 0.71).cos().reshape(4, 3, 3, 3);

    private static void AssertDerivative(Tensor x, Tensor gradient, Func<Tensor, double> f)
    {
        const double step = 1e-5;
        var values = gradient.data<double>().ToArray();
        for (int i = 0; i < values.Length; i += 13)
        {
            using var scope = NewDisposeScope();
            double At(double offset)
            {
                var moved = x.detach().clone();
                moved.view(-1)[i] = tensor(x.ReadCpuDouble(i) + offset);
                return f(moved);
            }
            double measured = (At(step) - At(-step)) / (2 * step);
            Assert.True(Math.Abs(measured - values[i]) <= 1e-6 + 1e-4 * Math.Abs(measured), $"element {i}: {values[i]}, measured {measured}");
        }
    }
}

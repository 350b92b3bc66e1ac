using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.autograd;

namespace MlNetImageTranslation.Trainer.Tests;

public sealed class BackwardTests
{
    [Fact]
    public void What_a_function_throws_on_the_way_back_comes_back()
    {
        using var scope = NewDisposeScope();
        var x = ones(3).requires_grad_();
        var loss = Failing.apply(x).sum();
        Assert.Throws<OutOfMemoryException>(() => Backward.Run(loss, [x]));
        // The next one knows nothing of it.
        Backward.Run(x.square().sum(), [x]);
        Assert.Equal([2f, 2, 2], x.grad!.data<float>().ToArray());
    }

    [Fact]
    public void Gradients_of_many_values_are_those_of_their_sum()
    {
        using var scope = NewDisposeScope();
        var x = arange(3, ScalarType.Float32).requires_grad_();
        Backward.Run(x.square(), [x]);
        Assert.Equal([0f, 2, 4], x.grad!.data<float>().ToArray());
    }

    private sealed class Failing : SingleTensorFunction<Failing>
    {
        public override string Name => nameof(Failing);

        public override Tensor forward(AutogradContext context, params object[] arguments) =>
            ((Tensor)arguments[0]).clone();

        public override List<Tensor> backward(AutogradContext context, Tensor gradient) =>
            Backward.Guard(1, () => throw new OutOfMemoryException());
    }
}

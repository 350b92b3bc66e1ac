using TorchSharp;
using static TorchSharp.torch;

namespace MlNetImageTranslation.TorchSharpCompat.Tests;

/// <summary>Tensors are freed by scopes, deterministically. Statistics are of the thread, so that parallel tests do not disturb each other.</summary>
public sealed class DisposeTests
{
    private static long Live => DisposeScopeManager.Statistics.ThreadTotalLiveCount;

    [Fact]
    public void A_scope_disposes_what_was_made_in_it()
    {
        long before = Live;
        Tensor escaped;
        using (var scope = NewDisposeScope())
        {
            var a = ones(3);
            var b = a + 1;
            escaped = (a * b).MoveToOuterDisposeScope();
            Assert.Equal(2, scope.DisposablesCount);
            Assert.Same(scope, CurrentDisposeScope);
        }
        Assert.Equal(before + 1, Live);
        Assert.Equal([2f, 2f, 2f], escaped.data<float>().ToArray());
        escaped.Dispose();
        Assert.Equal(before, Live);
        Assert.Throws<InvalidOperationException>(() => escaped.Handle);
    }

    [Fact]
    public void Nested_scopes_hand_out_one_level_at_a_time()
    {
        using var outer = NewDisposeScope();
        Tensor moved, detached;
        using (var inner = NewDisposeScope())
        {
            moved = inner.MoveToOuter(zeros(2));
            detached = zeros(2).DetachFromDisposeScope();
        }
        Assert.True(outer.Contains(moved));
        Assert.False(outer.Contains(detached));
        outer.Dispose();
        Assert.True(moved.IsInvalid);
        Assert.False(detached.IsInvalid);
        detached.Dispose();
    }

    [Fact]
    public void Five_hundred_steps_leave_no_tensors_behind()
    {
        using var outer = NewDisposeScope();
        using var generator = new Generator(1);
        var weight = randn([4, 3, 3, 3], generator: generator).requires_grad_();
        var picture = randn([1, 3, 8, 8], generator: generator);
        long before = 0;
        for (int step = 0; step < 500; step++)
        {
            if (step == 5) before = Live;
            using var scope = NewDisposeScope();
            var loss = nn.functional.leaky_relu(nn.functional.conv2d(picture, weight, padding: [1])).square().mean();
            loss.backward();
            using (no_grad()) weight.sub_(weight.grad! * 0.01);
            weight.grad = null;
        }
        Assert.Equal(before, Live);
    }

    [Fact]
    public void A_parameter_takes_the_place_of_its_tensor()
    {
        long before = Live;
        using (var scope = NewDisposeScope())
        {
            var data = zeros(2);
            var parameter = nn.Parameter(data);
            Assert.True(data.IsInvalid);
            Assert.True(parameter.requires_grad);
            Assert.True(scope.Contains(parameter));
        }
        Assert.True(Live <= before + 1);
    }
}

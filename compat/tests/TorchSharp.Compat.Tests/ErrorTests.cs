using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace MlNetImageTranslation.TorchSharpCompat.Tests;

/// <summary>libtorch's complaints arrive as ExternalException with its own words, and the process lives on.</summary>
public sealed class ErrorTests
{
    [Fact]
    public void Channels_that_do_not_fit()
    {
        using var scope = NewDisposeScope();
        var error = Assert.Throws<ExternalException>(() => nn.functional.conv2d(zeros(1, 3, 8, 8), zeros(4, 2, 3, 3)));
        Assert.Contains("expected input[1, 3, 8, 8] to have 2 channels, but got 3 channels instead", error.Message);
    }

    [Fact]
    public void Matrices_that_do_not_fit()
    {
        using var scope = NewDisposeScope();
        var error = Assert.Throws<ExternalException>(() => zeros(2, 3).matmul(zeros(4, 5)));
        Assert.Contains("mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)", error.Message);
    }

    [Fact]
    public void Shapes_that_do_not_broadcast()
    {
        using var scope = NewDisposeScope();
        var error = Assert.Throws<ExternalException>(() => zeros(2) + zeros(3));
        Assert.Contains("The size of tensor a (2) must match the size of tensor b (3)", error.Message);
    }

    [Fact]
    public void Backward_of_something_without_history()
    {
        using var scope = NewDisposeScope();
        var error = Assert.Throws<ExternalException>(() => ones(1).backward());
        Assert.Contains("does not require grad", error.Message);
    }

    [Fact]
    public void A_disposed_tensor()
    {
        var tensor = ones(1);
        tensor.Dispose();
        Assert.Throws<InvalidOperationException>(() => tensor + 1);
    }

    [Fact]
    public void Bytes_of_a_view_that_is_not_contiguous()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<InvalidOperationException>(() => zeros(2, 3).t().bytes.Length);
    }

    [Fact]
    public void A_file_that_is_not_there()
    {
        var error = Assert.Throws<ExternalException>(() => load("/nowhere/tensor.pt"));
        Assert.Contains("/nowhere/tensor.pt", error.Message);
    }
}

using Microsoft.ML.OnnxRuntime;

namespace MlNetImageTranslation.Transforms.Tests;

/// <summary>What the operator cannot compute is a failure of the session, which says what is wrong.</summary>
public sealed class OperatorFailureTests(OperatorModels models) : IClassFixture<OperatorModels>
{
    [Fact]
    public void Weights_that_are_no_constant_are_refused()
    {
        var failure = Assert.Throws<OnnxRuntimeException>(() => Open("weights"));
        Assert.Contains("The weights of a convolution must be a constant", failure.Message);
    }

    [Theory]
    [InlineData("reflected", "Images of 1x9 have no pixels to reflect", 1, 3, 9, 1)]
    [InlineData("three", "has 3 dimensions, not 4", 3, 9, 9)]
    [InlineData("conv-4-1", "A convolution of 3 channels was given 4", 1, 4, 9, 9)]
    [InlineData("conv-4-1", "A convolution of 3 channels was given 1", 2, 1, 9, 9)]
    [InlineData("conv-4-1", "Images of 9x1 are too small for a convolution with a kernel of 4x4", 1, 3, 1, 9)]
    [InlineData("conv-4-2", "Images of 1x9 are too small", 1, 3, 9, 1)]
    [InlineData("conv-4-2", "paddings 1, 1, 1 and 1: the result would have no pixels", 2, 3, 1, 1)]
    [InlineData("transposed", "Images of 4x3 are too small for a transposed convolution", 1, 3, 3, 4)]
    [InlineData("transposed", "Images of 3x4 are too small", 1, 3, 4, 3)]
    public void Inputs_that_have_no_result_are_refused(string name, string message, params int[] shape)
    {
        using var session = Open(name);
        var failure = Assert.Throws<OnnxRuntimeException>(() => Run(session, shape));
        Assert.Contains(message, failure.Message);
    }

    [Theory]
    [InlineData("conv-4-1", 1, 1, 1, 3, 2, 2)]
    [InlineData("conv-4-2", 1, 1, 1, 3, 2, 3)]
    [InlineData("transposed", 1, 1, 1, 3, 4, 4)]
    [InlineData("conv-4-1", 0, 8, 8, 3, 9, 9)]
    public void The_least_inputs_have_one(string name, int images, int height, int width, params int[] sides)
    {
        using var session = Open(name);
        Assert.Equal([images, 5, height, width], Run(session, [images, .. sides]).Shape);
    }

    private static Values<float> Run(KernelSession session, int[] shape) =>
        Assert.Single(session.Run(new float[shape.Aggregate((product, side) => product * side)], [.. shape]));

    private KernelSession Open(string name) => new(File.ReadAllBytes(models.File(name)), threads: 2);
}

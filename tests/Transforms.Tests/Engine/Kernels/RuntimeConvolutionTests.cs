using MlNetImageTranslation.Export;

namespace MlNetImageTranslation.Transforms.Tests;

/// <summary>
/// Convolutions of ONNX give the same when they are rewritten to the operator of this library's own, whatever says how
/// they pad.
/// </summary>
public sealed class RuntimeConvolutionTests(RuntimeConvolutions models) : IClassFixture<RuntimeConvolutions>
{
    // Of the largest value.
    private const double Tolerance = 1e-5;

    [Theory]
    [InlineData("plain")]
    [InlineData("opset-9")]
    [InlineData("sides")]
    [InlineData("halved")]
    [InlineData("halved-3")]
    [InlineData("upper")]
    [InlineData("lower")]
    [InlineData("valid")]
    [InlineData("up")]
    [InlineData("up-sides")]
    [InlineData("up-added")]
    [InlineData("up-beyond")]
    [InlineData("up-cropped")]
    [InlineData("turned")]
    public void Rewritten_convolutions_give_the_same(string name)
    {
        byte[] model = File.ReadAllBytes(models.File(name));
        // It pays for images of that size, and is right for all.
        byte[]? rewritten = ModelRewriter.ForCpu(model, new(4096, 4096), long.MaxValue, 2, hasManaged: true, out _);
        Assert.NotNull(rewritten);
        Assert.True(rewritten.AsSpan().IndexOf("input_channels"u8) >= 0);
        using var direct = new KernelSession(model, threads: 2);
        using var own = new KernelSession(rewritten, threads: 2);
        foreach (var (images, height, width) in new[] { (1, 16, 16), (2, 9, 14), (1, 4, 7), (3, 11, 5) })
        {
            var input = new float[images * 192 * height * width];
            var random = new Random(height);
            for (int i = 0; i < input.Length; i++)
                input[i] = random.NextSingle() - 0.5f;
            var expected = Assert.Single(direct.Run(input, images, 192, height, width));
            var actual = Assert.Single(own.Run(input, images, 192, height, width));
            Assert.Equal(expected.Shape, actual.Shape);
            double bound = Tolerance * expected.Items.Max(Math.Abs);
            for (int i = 0; i < expected.Items.Length; i++)
                Assert.InRange(actual.Items[i] - expected.Items[i], -bound, bound);
        }
    }
}

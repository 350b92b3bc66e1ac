namespace MlNetImageTranslation.Export.Tests;

/// <summary>Transposed convolutions rewritten for CUDA give what they gave, computed by ONNX Runtime on the CPU.</summary>
public sealed class CudaModelTests
{
    [Theory]
    [InlineData(3, 1, 1, 0, 0)]
    [InlineData(3, 1, 0, 0, 0)]
    [InlineData(4, 2, 1, 1, 1)]
    [InlineData(5, 2, 2, 1, 1)]
    public void Cropping_more_at_the_beginning_becomes_output_padding(
        int kernel,
        int top,
        int left,
        int bottom,
        int right
    )
    {
        var model = new ConvolutionModel(5, 7)
        {
            Transposed = true,
            Kernel = [kernel, kernel],
            Pads = [top, left, bottom, right],
        };
        var original = OnnxMessages.ToArray(model.Build());
        var rewritten = CudaModel.Rewrite(original);
        Assert.NotNull(rewritten);

        var node = OnnxMessages.Parse(rewritten).Graph.Node.Single();
        var pads = node.Find("pads")!.Ints;
        Assert.Equal(pads[0], pads[2]);
        Assert.Equal(pads[1], pads[3]);
        float[] input = RandomNetworks.Input(2 * 5 * 6 * 9, 4);
        Assert.Equal(
            ConvolutionModel.Run(original, input, [2, 5, 6, 9]),
            ConvolutionModel.Run(rewritten, input, [2, 5, 6, 9])
        );
    }

    [Fact]
    public void What_has_no_symmetric_form_stays()
    {
        var atTheEnd = new ConvolutionModel(3, 4) { Transposed = true, Pads = [0, 0, 1, 1] };
        Assert.Null(CudaModel.Rewrite(OnnxMessages.ToArray(atTheEnd.Build())));
        var plain = new ConvolutionModel(3, 4) { Pads = [1, 0, 0, 1] };
        Assert.Null(CudaModel.Rewrite(OnnxMessages.ToArray(plain.Build())));
    }
}

namespace MlNetImageTranslation.Export.Tests;

public sealed class OnnxAdapterTests
{
    [Fact]
    public void Weights_that_are_listed_as_inputs_become_constants()
    {
        var model = new ConvolutionModel(3, 3).Build();
        foreach (string name in new[] { "w", "b" })
            model.Graph.Input.Add(OnnxValue.Of(new(name, OnnxElementType.Float, default)));
        var input = new OnnxTensorInfo("x", OnnxElementType.Float, ["N", 3, "H", "W"]);
        var output = new OnnxTensorInfo("y", OnnxElementType.Float, ["N", 3, "H2", "W2"]);
        var pixels = new PixelInterface(17, input, output);
        var adapted = OnnxMessages.Parse(ModelRewriter.Adapt(OnnxMessages.ToArray(model), pixels));
        // As an input with a default, a weight is no constant to ONNX Runtime, which says so in a warning for each.
        Assert.Equal([ModelRewriter.InputName], adapted.Graph.Input.Select(value => value.Name));
        Assert.All(
            new[] { "w", "b" },
            name => Assert.Contains(adapted.Graph.Initializer, tensor => tensor.Name == name)
        );
    }
}

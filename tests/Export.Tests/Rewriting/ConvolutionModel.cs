using Microsoft.ML.OnnxRuntime;
using MlNetImageTranslation.Networks;

namespace MlNetImageTranslation.Export.Tests;

/// <summary>A model of one convolution from x [N, C, H, W] to y, with random weights; any size unless it says one.</summary>
internal sealed record ConvolutionModel(int Inputs, int Outputs)
{
    public int[] Pads { get; init; } = [1, 1, 1, 1];

    public int[] Kernel { get; init; } = [3, 3];

    /// <summary>Whether it is a transposed one, with stride 2.</summary>
    public bool Transposed { get; init; }

    public bool Bias { get; init; } = true;

    public int Opset { get; init; } = 17;

    /// <summary>More attributes of the convolution.</summary>
    public AttributeProto[] Attributes { get; init; } = [];

    /// <summary>Operators after it, from "c" to "y"; null for none.</summary>
    public NodeProto[]? After { get; init; }

    public ModelProto Build(Func<float, float>? change = null)
    {
        float[] Values(int count, int seed) =>
            Array.ConvertAll(RandomNetworks.Input(count, seed), v => change?.Invoke(v) ?? v);
        var convolution = OnnxNode.Of(
            Transposed ? "ConvTranspose" : "Conv",
            Bias ? ["x", "w", "b"] : ["x", "w"],
            After is null ? "y" : "c",
            [OnnxAttribute.Integers("kernel_shape", Kernel[0], Kernel[1]), .. Strides, .. Padding, .. Attributes]
        );
        var graph = new GraphProto
        {
            Name = "test",
            Node = { convolution },
            Initializer =
            {
                OnnxTensor.Float(
                    "w",
                    Transposed ? [Inputs, Outputs, .. Kernel] : [Outputs, Inputs, .. Kernel],
                    Values(Outputs * Inputs * Kernel[0] * Kernel[1], 2)
                ),
            },
            Input = { OnnxValue.Of(new("x", OnnxElementType.Float, ["N", Inputs, "H", "W"])) },
            Output = { OnnxValue.Of(new("y", OnnxElementType.Float, ["N", Outputs, "H2", "W2"])) },
        };
        if (Bias)
            graph.Initializer.Add(OnnxTensor.Float("b", [Outputs], Values(Outputs, 3)));
        if (After is not null)
            graph.Node.Add(After);
        return new()
        {
            IrVersion = 8,
            Graph = graph,
            OpsetImport = { new OperatorSetIdProto { Version = Opset } },
        };
    }

    private AttributeProto[] Strides => Transposed ? [OnnxAttribute.Integers("strides", 2, 2)] : [];

    private AttributeProto[] Padding =>
        Attributes.Any(attribute => attribute.Name == "auto_pad")
            ? []
            : [OnnxAttribute.Integers("pads", [.. Pads.Select(pad => (long)pad)])];

    /// <summary>Chooses a form for every convolution that has one, whether it pays or not.</summary>
    public static ConvolutionForm EverythingThatFits(ConvolutionNode convolution, long height, long width) =>
        WinogradConvolution.Fits(convolution) ? ConvolutionForm.Winograd
        : SubpixelConvolution.Fits(convolution) ? ConvolutionForm.Subpixel
        : NarrowConvolution.Fits(convolution) ? ConvolutionForm.Narrow
        : ConvolutionForm.Direct;

    public static float[] Run(byte[] model, float[] input, params long[] shape)
    {
        using var options = new SessionOptions
        {
            IntraOpNumThreads = 1,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        using var session = new InferenceSession(model, options);
        using var run = new RunOptions();
        using var value = OrtValue.CreateTensorValueFromMemory(input, shape);
        using var outputs = session.Run(run, ["x"], [value], ["y"]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }
}

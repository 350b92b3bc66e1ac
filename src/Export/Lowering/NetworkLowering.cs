using System.Collections.Immutable;
using MlNetImageTranslation.Networks;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Export;

/// <summary>Writes the layers of a network as ONNX operators on float32 [N, C, H, W].</summary>
internal sealed class NetworkLowering
{
    private readonly StateDict _weights;
    private readonly bool _dropout;
    private readonly Dictionary<string, string> _values = [];
    private readonly NormalizationLowering _norms;

    public NetworkLowering(
        NetworkGraph graph,
        StateDict weights,
        GraphWriter writer,
        NormalizationStatistics statistics,
        bool dropout
    )
    {
        (Graph, _weights, Writer, _dropout) = (graph, weights, writer, dropout);
        _norms = new(graph, weights, writer, statistics);
    }

    public NetworkGraph Graph { get; }

    public GraphWriter Writer { get; }

    /// <summary>Whether an output pixel depends on the whole image otherwise than through convolutions.</summary>
    public bool HasGlobalStatistics => _norms.UseImage || Graph.HasFixedSize;

    /// <summary>Appends all layers; returns the name of the last one's output.</summary>
    /// <param name="input">The name of the value that the network reads.</param>
    public string Append(string input)
    {
        _values[NetworkGraph.InputName] = input;
        foreach (var layer in Graph.Layers)
            _values[layer.Name] = Append(layer, [.. layer.Inputs.Select(name => _values[name])]);
        return _values[Graph.Layers[^1].Name];
    }

    private string Append(Layer layer, ImmutableArray<string> inputs) =>
        layer switch
        {
            ConvolutionLayer convolution => Convolution("Conv", convolution, inputs[0]),
            TransposedConvolutionLayer transposed => Convolution("ConvTranspose", transposed, inputs[0]),
            NormalizationLayer norm => _norms.Append(norm, inputs[0]),
            ActivationLayer { Kind: ActivationKind.LeakyRelu } leaky => Writer.Node(
                "LeakyRelu",
                layer.Name,
                inputs,
                OnnxAttribute.Float("alpha", leaky.NegativeSlope)
            ),
            ActivationLayer activation => Writer.Node(activation.Kind.ToString(), layer.Name, inputs),
            DropoutLayer dropout => _dropout && dropout.Probability > 0 ? Dropout(dropout, inputs[0]) : inputs[0],
            PaddingLayer padding => Pad(padding.Name, padding.Padding, padding.Mode, inputs[0]),
            PoolingLayer pooling => Pool(pooling, inputs[0]),
            UpsamplingLayer upsampling => Resize(upsampling, inputs[0]),
            BlurLayer blur => Blur(blur, inputs[0]),
            ConcatenationLayer => Writer.Node("Concat", layer.Name, inputs, OnnxAttribute.Integer("axis", 1)),
            AdditionLayer => Writer.Node(inputs.Length == 2 ? "Add" : "Sum", layer.Name, inputs),
            LabelPlanesLayer labels => LabelPlanesLowering.Append(Writer, labels, inputs[0]),
            ScaleLayer scale => _norms.ScaleAndShift(layer.Name, inputs[0], [.. scale.Scale], [.. scale.Offset]),
            FlattenLayer => Writer.Node("Flatten", layer.Name, inputs, OnnxAttribute.Integer("axis", 1)),
            DenseLayer dense => Dense(dense, inputs[0]),
            _ => throw new ArgumentException(
                $"Layer '{layer.Name}' of network '{Graph.Name}' is a {layer.GetType().Name}, which has no ONNX form."
            ),
        };

    private string Convolution(string operatorType, KernelLayer layer, string input)
    {
        var padding = layer.Padding;
        if (Math.Min(Math.Min(padding.Left, padding.Top), Math.Min(padding.Right, padding.Bottom)) < 0)
            throw new ArgumentException(
                $"Layer '{layer.Name}' has the padding {padding}; ONNX has no negative paddings."
            );
        var (weight, bias) = _norms.Fold(layer);
        var inputs = ImmutableArray.Create(input, Writer.Weight(weight.Name, weight.Shape, weight.Values));
        if (bias is { } values)
            inputs = inputs.Add(Writer.Constant(values.Name, values.Shape, values.Values));
        return Writer.Node(operatorType, layer.Name, inputs, Window(layer.KernelSize, layer.Stride, padding));
    }

    // Not as ONNX's Dropout: ONNX Runtime removes that from a graph that is not for training, whatever its
    // training_mode says.
    private string Dropout(DropoutLayer layer, string input)
    {
        var chance = Writer.Node("RandomUniformLike", layer.Name + ".chance", [input]);
        var dropped = Writer.Node("Less", layer.Name + ".dropped", [chance, Writer.Scalar(layer.Probability)]);
        var scaled = Writer.Node("Mul", layer.Name + ".scaled", [input, Writer.Scalar(1 / (1 - layer.Probability))]);
        return Writer.Node("Where", layer.Name, [dropped, Writer.Scalar(0), scaled]);
    }

    private string Blur(BlurLayer layer, string input)
    {
        int channels = Graph.Shapes(Graph.Input)[layer.Name].Channels,
            side = BlurLayer.Filter.Length;
        var padded = Pad(layer.Name + ".pad", Padding.All(BlurLayer.Border), PaddingMode.Reflect, input);
        var kernel = Writer.Constant(layer.Name + ".kernel", [channels, 1, side, side], BlurLayer.Kernel(channels));
        return Writer.Node(
            "Conv",
            layer.Name,
            [padded, kernel],
            Window(side, BlurLayer.Stride, Padding.None).Add(OnnxAttribute.Integer("group", channels))
        );
    }

    private string Pad(string name, Padding padding, PaddingMode kind, string input)
    {
        var (left, top, right, bottom) = padding;
        var mode = kind switch
        {
            PaddingMode.Reflect => "reflect",
            PaddingMode.Replicate => "edge",
            _ => "constant",
        };
        return Writer.Node(
            "Pad",
            name,
            [input, Writer.Integers(0, 0, top, left, 0, 0, bottom, right)],
            OnnxAttribute.Text("mode", mode)
        );
    }

    private string Pool(PoolingLayer layer, string input)
    {
        var window = Window(layer.KernelSize, layer.Stride, layer.Padding);
        return layer.Kind == PoolingKind.Max
            ? Writer.Node("MaxPool", layer.Name, [input], window)
            : Writer.Node(
                "AveragePool",
                layer.Name,
                [input],
                window.Add(OnnxAttribute.Integer("count_include_pad", 0))
            );
    }

    private string Resize(UpsamplingLayer layer, string input)
    {
        var scales = Writer.Constant(layer.Name + ".scales", [4], [1, 1, layer.Scale, layer.Scale]);
        ImmutableArray<AttributeProto> attributes =
            layer.Mode == UpsamplingMode.Nearest
                ?
                [
                    OnnxAttribute.Text("mode", "nearest"),
                    OnnxAttribute.Text("coordinate_transformation_mode", "asymmetric"),
                    OnnxAttribute.Text("nearest_mode", "floor"),
                ]
                :
                [
                    OnnxAttribute.Text("mode", "linear"),
                    OnnxAttribute.Text("coordinate_transformation_mode", "half_pixel"),
                ];
        return Writer.Node("Resize", layer.Name, [input, "", scales], attributes);
    }

    private string Dense(DenseLayer layer, string input)
    {
        var weight = _weights[layer.Name + ".weight"];
        var inputs = ImmutableArray.Create(input, Writer.Weight(layer.Name + ".weight", weight.Shape, weight.Values));
        if (layer.Bias)
            inputs = inputs.Add(
                Writer.Constant(layer.Name + ".bias", [layer.OutputFeatures], _weights[layer.Name + ".bias"].Values)
            );
        return Writer.Node("Gemm", layer.Name, inputs, OnnxAttribute.Integer("transB", 1));
    }

    private static ImmutableArray<AttributeProto> Window(int kernelSize, int stride, Padding padding)
    {
        ImmutableArray<AttributeProto> attributes = [OnnxAttribute.Integers("kernel_shape", kernelSize, kernelSize)];
        if (padding != Padding.None)
            attributes = attributes.Add(
                OnnxAttribute.Integers("pads", padding.Top, padding.Left, padding.Bottom, padding.Right)
            );
        return stride == 1 ? attributes : attributes.Add(OnnxAttribute.Integers("strides", stride, stride));
    }
}

using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace MlNetImageTranslation.Networks;

/// <summary>
/// One named step of a <see cref="NetworkGraph"/>: what it computes and from which layers, never how.
/// Torch execution, ONNX export, counting and drawing are readers of these records.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ConvolutionLayer), "convolution")]
[JsonDerivedType(typeof(TransposedConvolutionLayer), "transposed-convolution")]
[JsonDerivedType(typeof(NormalizationLayer), "normalization")]
[JsonDerivedType(typeof(ActivationLayer), "activation")]
[JsonDerivedType(typeof(DropoutLayer), "dropout")]
[JsonDerivedType(typeof(PaddingLayer), "padding")]
[JsonDerivedType(typeof(PoolingLayer), "pooling")]
[JsonDerivedType(typeof(UpsamplingLayer), "upsampling")]
[JsonDerivedType(typeof(BlurLayer), "blur")]
[JsonDerivedType(typeof(ConcatenationLayer), "concatenation")]
[JsonDerivedType(typeof(AdditionLayer), "addition")]
[JsonDerivedType(typeof(ScaleLayer), "scale")]
[JsonDerivedType(typeof(LabelPlanesLayer), "label-planes")]
[JsonDerivedType(typeof(FlattenLayer), "flatten")]
[JsonDerivedType(typeof(DenseLayer), "dense")]
public abstract record Layer
{
    /// <summary>The layer's name, unique in its graph; its weights are called after it.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// The layers whose outputs it reads, in order; <see cref="NetworkGraph.InputName"/> is the network's input.
    /// </summary>
    public required ImmutableArray<string> Inputs { get; init; }

    /// <summary>Whether training leaves this layer's weights as they are.</summary>
    public bool Frozen { get; init; }

    /// <summary>The shape of one output sample for the given input samples.</summary>
    /// <exception cref="ArgumentException">The layer cannot read inputs of these shapes; the message says what it
    /// expects.</exception>
    public abstract TensorShape OutputShape(ReadOnlySpan<TensorShape> inputs);

    /// <summary>The weights that the layer needs, in PyTorch's order.</summary>
    [JsonIgnore]
    public virtual IEnumerable<ParameterSpec> Parameters => [];

    private protected ParameterSpec Parameter(string suffix, ParameterKind kind, params ReadOnlySpan<int> shape) =>
        new(
            $"{Name}.{suffix}",
            [.. shape],
            kind,
            !Frozen && kind is not (ParameterKind.RunningMean or ParameterKind.RunningVariance)
        );

    private protected TensorShape Single(ReadOnlySpan<TensorShape> inputs, int? channels = null)
    {
        if (inputs.Length != 1)
            throw new ArgumentException($"Layer '{Name}' reads one input, but has {inputs.Length}.");
        if (channels is { } expected && inputs[0].Channels != expected)
            throw new ArgumentException(
                $"Layer '{Name}' expects {expected} input channels, but its input is {inputs[0]}."
            );
        return inputs[0];
    }

    private protected TensorShape NotEmpty(TensorShape shape, TensorShape input) =>
        shape is { Channels: > 0, Height: > 0, Width: > 0 }
            ? shape
            : throw new ArgumentException(
                $"Layer '{Name}' leaves nothing of an input of {input}: its output would be {shape}. Use larger "
                    + $"images or fewer layers."
            );
}

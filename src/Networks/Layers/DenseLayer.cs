using System.Text.Json.Serialization;

namespace MlNetImageTranslation.Networks;

/// <summary>A fully connected layer over flattened features.</summary>
public sealed record DenseLayer : Layer
{
    /// <summary>Features read.</summary>
    public required int InputFeatures { get; init; }

    /// <summary>Features written.</summary>
    public required int OutputFeatures { get; init; }

    /// <summary>Whether a bias is added.</summary>
    public bool Bias { get; init; } = true;

    /// <inheritdoc/>
    public override TensorShape OutputShape(ReadOnlySpan<TensorShape> inputs)
    {
        var input = Single(inputs, InputFeatures);
        return input is { Height: 1, Width: 1 }
            ? new(OutputFeatures, 1, 1)
            : throw new ArgumentException($"Layer '{Name}' reads flattened features, but its input is {input}.");
    }

    /// <inheritdoc/>
    [JsonIgnore]
    public override IEnumerable<ParameterSpec> Parameters
    {
        get
        {
            yield return Parameter("weight", ParameterKind.Weight, OutputFeatures, InputFeatures);
            if (Bias)
                yield return Parameter("bias", ParameterKind.Bias, OutputFeatures);
        }
    }
}

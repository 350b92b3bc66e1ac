using System.Text.Json.Serialization;

namespace MlNetImageTranslation.Networks;

/// <summary>A layer that moves a square kernel of weights over its input: a convolution or its transpose.</summary>
public abstract record KernelLayer : Layer
{
    /// <summary>Channels read.</summary>
    public required int InputChannels { get; init; }

    /// <summary>Channels written.</summary>
    public required int OutputChannels { get; init; }

    /// <summary>Side of the kernel, in pixels.</summary>
    public required int KernelSize { get; init; }

    /// <summary>
    /// Step of the kernel, in pixels of the larger side: a convolution's input, a transposed convolution's output.
    /// </summary>
    public int Stride { get; init; } = 1;

    /// <summary>
    /// Zeros around a convolution's input; what is cropped from a transposed convolution's full output.
    /// </summary>
    public Padding Padding { get; init; }

    /// <summary>Whether a bias is added.</summary>
    public bool Bias { get; init; } = true;

    /// <inheritdoc/>
    [JsonIgnore]
    public override IEnumerable<ParameterSpec> Parameters
    {
        get
        {
            var (first, second) = WeightChannels;
            yield return Parameter("weight", ParameterKind.Weight, first, second, KernelSize, KernelSize);
            if (Bias)
                yield return Parameter("bias", ParameterKind.Bias, OutputChannels);
        }
    }

    /// <summary>The first two sides of the weight, as PyTorch and ONNX lay it out.</summary>
    private protected abstract (int First, int Second) WeightChannels { get; }
}

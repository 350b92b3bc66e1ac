using System.Text.Json.Serialization;

namespace MlNetImageTranslation.Networks;

/// <summary>A two-dimensional convolution (cross-correlation, as in PyTorch and ONNX) with a square kernel and zero padding.</summary>
public sealed record ConvolutionLayer : Layer
{
    /// <summary>Channels read.</summary>
    public required int InputChannels { get; init; }

    /// <summary>Channels written.</summary>
    public required int OutputChannels { get; init; }

    /// <summary>Side of the kernel, in pixels.</summary>
    public required int KernelSize { get; init; }

    /// <summary>Step of the kernel, in pixels.</summary>
    public int Stride { get; init; } = 1;

    /// <summary>Zeros around the input.</summary>
    public Padding Padding { get; init; }

    /// <summary>Whether a bias is added.</summary>
    public bool Bias { get; init; } = true;

    /// <inheritdoc/>
    public override TensorShape OutputShape(ReadOnlySpan<TensorShape> inputs)
    {
        var input = Single(inputs, InputChannels);
        int height = input.Height + Padding.Top + Padding.Bottom - KernelSize, width = input.Width + Padding.Left + Padding.Right - KernelSize;
        return NotEmpty(new(OutputChannels, height < 0 ? 0 : height / Stride + 1, width < 0 ? 0 : width / Stride + 1), input);
    }

    /// <inheritdoc/>
    [JsonIgnore]
    public override IEnumerable<ParameterSpec> Parameters
    {
        get
        {
            yield return Parameter("weight", ParameterKind.Weight, OutputChannels, InputChannels, KernelSize, KernelSize);
            if (Bias) yield return Parameter("bias", ParameterKind.Bias, OutputChannels);
        }
    }
}

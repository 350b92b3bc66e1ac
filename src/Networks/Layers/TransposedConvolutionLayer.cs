using System.Text.Json.Serialization;

namespace MlNetImageTranslation.Networks;

/// <summary>
/// A transposed convolution with a square kernel. The full output of <c>(side - 1) * stride + kernel</c> pixels is cropped by <see cref="Padding"/>:
/// PyTorch's <c>padding=1</c> crops 1 on each side, its <c>padding=1, output_padding=1</c> crops 1 at the start and 0 at the end,
/// TensorFlow's "same" crops <see cref="Networks.Padding.Same"/>.
/// </summary>
public sealed record TransposedConvolutionLayer : Layer
{
    /// <summary>Channels read.</summary>
    public required int InputChannels { get; init; }

    /// <summary>Channels written.</summary>
    public required int OutputChannels { get; init; }

    /// <summary>Side of the kernel, in pixels.</summary>
    public required int KernelSize { get; init; }

    /// <summary>Step between the copies of the kernel in the output, in pixels.</summary>
    public int Stride { get; init; } = 1;

    /// <summary>What is cropped from the full output.</summary>
    public Padding Padding { get; init; }

    /// <summary>Whether a bias is added.</summary>
    public bool Bias { get; init; } = true;

    /// <inheritdoc/>
    public override TensorShape OutputShape(ReadOnlySpan<TensorShape> inputs)
    {
        var input = Single(inputs, InputChannels);
        int height = (input.Height - 1) * Stride + KernelSize - Padding.Top - Padding.Bottom;
        int width = (input.Width - 1) * Stride + KernelSize - Padding.Left - Padding.Right;
        return NotEmpty(new(OutputChannels, height, width), input);
    }

    /// <inheritdoc/>
    [JsonIgnore]
    public override IEnumerable<ParameterSpec> Parameters
    {
        get
        {
            yield return Parameter("weight", ParameterKind.Weight, InputChannels, OutputChannels, KernelSize, KernelSize);
            if (Bias) yield return Parameter("bias", ParameterKind.Bias, OutputChannels);
        }
    }
}

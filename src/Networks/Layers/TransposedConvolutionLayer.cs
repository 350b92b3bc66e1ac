namespace MlNetImageTranslation.Networks;

/// <summary>
/// A transposed convolution with a square kernel. The full output of <c>(side - 1) * stride + kernel</c> pixels is
/// cropped by <see cref="KernelLayer.Padding"/>: PyTorch's <c>padding=1</c> crops 1 on each side, its <c>padding=1,
/// output_padding=1</c> crops 1 at the start and 0 at the end, TensorFlow's "same" crops
/// <see cref="Networks.Padding.Same"/>.
/// </summary>
public sealed record TransposedConvolutionLayer : KernelLayer
{
    private protected override (int First, int Second) WeightChannels => (InputChannels, OutputChannels);

    /// <inheritdoc/>
    public override TensorShape OutputShape(ReadOnlySpan<TensorShape> inputs)
    {
        var input = Single(inputs, InputChannels);
        int height = (input.Height - 1) * Stride + KernelSize - Padding.Top - Padding.Bottom;
        int width = (input.Width - 1) * Stride + KernelSize - Padding.Left - Padding.Right;
        return NotEmpty(new(OutputChannels, height, width), input);
    }
}

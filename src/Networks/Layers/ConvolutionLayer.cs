namespace MlNetImageTranslation.Networks;

/// <summary>
/// A two-dimensional convolution (cross-correlation, as in PyTorch and ONNX) with a square kernel and zero padding.
/// </summary>
public sealed record ConvolutionLayer : KernelLayer
{
    private protected override (int First, int Second) WeightChannels => (OutputChannels, InputChannels);

    /// <inheritdoc/>
    public override TensorShape OutputShape(ReadOnlySpan<TensorShape> inputs)
    {
        var input = Single(inputs, InputChannels);
        int height = input.Height + Padding.Top + Padding.Bottom - KernelSize,
            width = input.Width + Padding.Left + Padding.Right - KernelSize;
        return NotEmpty(
            new(OutputChannels, height < 0 ? 0 : height / Stride + 1, width < 0 ? 0 : width / Stride + 1),
            input
        );
    }
}

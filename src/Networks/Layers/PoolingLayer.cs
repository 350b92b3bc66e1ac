namespace MlNetImageTranslation.Networks;

/// <summary>One value for every window of the input.</summary>
public sealed record PoolingLayer : Layer
{
    /// <summary>Maximum or average.</summary>
    public required PoolingKind Kind { get; init; }

    /// <summary>Side of the window, in pixels.</summary>
    public int KernelSize { get; init; } = 2;

    /// <summary>Step of the window, in pixels.</summary>
    public int Stride { get; init; } = 2;

    /// <summary>Pixels around the input that count as absent; at most half the window on each side.</summary>
    public Padding Padding { get; init; }

    /// <inheritdoc/>
    public override TensorShape OutputShape(ReadOnlySpan<TensorShape> inputs)
    {
        var input = Single(inputs);
        int height = input.Height + Padding.Top + Padding.Bottom - KernelSize,
            width = input.Width + Padding.Left + Padding.Right - KernelSize;
        return NotEmpty(
            new(input.Channels, height < 0 ? 0 : height / Stride + 1, width < 0 ? 0 : width / Stride + 1),
            input
        );
    }
}

/// <summary>What a pooling layer keeps of its window.</summary>
public enum PoolingKind
{
    /// <summary>The largest value.</summary>
    Max,

    /// <summary>The mean of the values inside the image (padding is not counted).</summary>
    Average,
}

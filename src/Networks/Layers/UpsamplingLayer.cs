namespace MlNetImageTranslation.Networks;

/// <summary>An image enlarged by a whole factor.</summary>
public sealed record UpsamplingLayer : Layer
{
    /// <summary>The factor for both sides.</summary>
    public int Scale { get; init; } = 2;

    /// <summary>How values between pixels are found.</summary>
    public UpsamplingMode Mode { get; init; }

    /// <inheritdoc/>
    public override TensorShape OutputShape(ReadOnlySpan<TensorShape> inputs)
    {
        var input = Single(inputs);
        return new(input.Channels, input.Height * Scale, input.Width * Scale);
    }
}

/// <summary>How an upsampling layer finds the values between pixels.</summary>
public enum UpsamplingMode
{
    /// <summary>The nearest pixel.</summary>
    Nearest,

    /// <summary>Linear between pixel centres (align_corners false).</summary>
    Bilinear,
}

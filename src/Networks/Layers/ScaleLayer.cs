using System.Collections.Immutable;

namespace MlNetImageTranslation.Networks;

/// <summary>
/// A constant scale and offset for every channel, <c>x * scale + offset</c>: the input normalisation of a borrowed
/// encoder.
/// </summary>
public sealed record ScaleLayer : Layer
{
    /// <summary>One factor for every channel.</summary>
    public required ImmutableArray<float> Scale { get; init; }

    /// <summary>One summand for every channel.</summary>
    public required ImmutableArray<float> Offset { get; init; }

    /// <inheritdoc/>
    public override TensorShape OutputShape(ReadOnlySpan<TensorShape> inputs) => Single(inputs, Scale.Length);
}

namespace MlNetImageTranslation.Networks;

/// <summary>
/// Zeroes values by chance and scales the others up, in training (and at test time where that was asked for).
/// </summary>
public sealed record DropoutLayer : Layer
{
    /// <summary>The chance of a value to be zeroed, 0..1.</summary>
    public float Probability { get; init; } = 0.5f;

    /// <inheritdoc/>
    public override TensorShape OutputShape(ReadOnlySpan<TensorShape> inputs) => Single(inputs);
}

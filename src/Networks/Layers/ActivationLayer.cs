namespace MlNetImageTranslation.Networks;

/// <summary>A function of every value by itself.</summary>
public sealed record ActivationLayer : Layer
{
    /// <summary>Which function.</summary>
    public required ActivationKind Kind { get; init; }

    /// <summary>The slope of <see cref="ActivationKind.LeakyRelu"/> below zero; other kinds ignore it.</summary>
    public float NegativeSlope { get; init; }

    /// <inheritdoc/>
    public override TensorShape OutputShape(ReadOnlySpan<TensorShape> inputs) => Single(inputs);
}

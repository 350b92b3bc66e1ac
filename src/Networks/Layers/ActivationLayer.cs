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

/// <summary>The function of an activation layer.</summary>
public enum ActivationKind
{
    /// <summary>max(x, 0).</summary>
    Relu,

    /// <summary>x where positive, else x times the negative slope.</summary>
    LeakyRelu,

    /// <summary>The hyperbolic tangent, -1..1.</summary>
    Tanh,

    /// <summary>The logistic function, 0..1.</summary>
    Sigmoid,
}

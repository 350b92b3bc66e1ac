namespace MlNetImageTranslation.Networks;

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

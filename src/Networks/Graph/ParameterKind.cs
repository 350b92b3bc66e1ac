namespace MlNetImageTranslation.Networks;

/// <summary>What a parameter does in its layer; initialisation and optimisers look at this.</summary>
public enum ParameterKind
{
    /// <summary>The weight of a convolution, transposed convolution or dense layer.</summary>
    Weight,

    /// <summary>The bias of a convolution, transposed convolution or dense layer.</summary>
    Bias,

    /// <summary>The learned scale (gamma) of a normalization layer.</summary>
    NormScale,

    /// <summary>The learned shift (beta) of a normalization layer.</summary>
    NormShift,

    /// <summary>The running mean of a batch norm; never trained.</summary>
    RunningMean,

    /// <summary>The running variance of a batch norm; never trained.</summary>
    RunningVariance,
}

using System.Collections.Immutable;

namespace MlNetImageTranslation.Networks;

/// <summary>One tensor of weights that a layer needs.</summary>
/// <param name="Name">The layer's name, a dot, and PyTorch's name of the tensor: <c>down1.conv.weight</c>.</param>
/// <param name="Shape">
/// PyTorch's layout: [out, in, height, width] for convolutions, [in, out, height, width] for transposed ones,
/// [out, in] for dense layers, [channels] for everything else.
/// </param>
/// <param name="Kind">What the tensor does.</param>
/// <param name="Trainable">False for running statistics and for frozen layers.</param>
public sealed record ParameterSpec(string Name, ImmutableArray<int> Shape, ParameterKind Kind, bool Trainable)
{
    /// <summary>How many values the tensor has.</summary>
    public long Count => Shape.Aggregate(1L, (product, side) => product * side);

    /// <summary>
    /// Whether the tensor is a running statistic, which is neither trained nor counted as a parameter by PyTorch.
    /// </summary>
    public bool IsStatistic => Kind is ParameterKind.RunningMean or ParameterKind.RunningVariance;
}

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

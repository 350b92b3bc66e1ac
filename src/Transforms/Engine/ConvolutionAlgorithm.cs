namespace MlNetImageTranslation.Transforms;

/// <summary>How a model's convolutions are computed on a CPU.</summary>
public enum ConvolutionAlgorithm
{
    /// <summary>
    /// Large 3x3 convolutions with fewer multiplications (Winograd), where that is faster by estimate and memory allows:
    /// their weights take four times as much. 8-bit results differ from <see cref="Direct"/> by one level at most.
    /// </summary>
    Auto,

    /// <summary>As the model's file says.</summary>
    Direct,
}

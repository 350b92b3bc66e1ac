namespace MlNetImageTranslation.Transforms;

/// <summary>How a model's convolutions are computed on a CPU.</summary>
public enum ConvolutionAlgorithm
{
    /// <summary>
    /// In other ways where that is faster by estimate: large 3x3 convolutions with fewer multiplications (Winograd),
    /// whose weights take four times as much memory, if there is enough; transposed ones and those to few channels by
    /// blocks of pixels. 8-bit results differ from <see cref="Direct"/> by one level at most. Models that quantize
    /// inside stay as they are.
    /// </summary>
    Auto,

    /// <summary>As the model's file says.</summary>
    Direct,
}

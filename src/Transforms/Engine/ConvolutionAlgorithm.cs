namespace MlNetImageTranslation.Transforms;

/// <summary>How a model's convolutions are computed on a CPU.</summary>
public enum ConvolutionAlgorithm
{
    /// <summary>
    /// In other ways where that is faster by estimate. On x86 processors with AVX2, convolutions with 3x3 and 4x4
    /// kernels, plain and transposed, by this library's own code, which needs fewer multiplications (Winograd's minimal
    /// filtering); on others, 3x3 convolutions in that way by ONNX Runtime's operators, with weights that take four
    /// times as much memory, if there is enough. Other transposed convolutions, and those to few channels, by blocks of
    /// pixels. 8-bit results differ from <see cref="Direct"/> by one level at most. Models that quantize inside stay as
    /// they are.
    /// </summary>
    Auto,

    /// <summary>As the model's file says.</summary>
    Direct,
}

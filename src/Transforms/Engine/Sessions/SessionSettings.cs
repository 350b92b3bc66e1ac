using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Transforms;

/// <summary>How a session is opened.</summary>
/// <param name="Gpu">The GPU's number; null means the CPU.</param>
/// <param name="Threads">CPU threads of a run.</param>
/// <param name="OneSize">Whether all images have one size: the runtime may then plan memory by it.</param>
/// <param name="ConvolutionSearch">How cuDNN finds its algorithms.</param>
/// <param name="Content">A rewritten form of the model; null means the model's own.</param>
/// <param name="IsPrecise">Whether a GPU computes in full float32, not in TF32, which has 10 bits of fraction.</param>
internal sealed record SessionSettings(
    int? Gpu,
    int Threads,
    bool OneSize,
    ConvolutionSearch ConvolutionSearch,
    byte[]? Content = null,
    bool IsPrecise = false
);

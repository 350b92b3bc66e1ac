namespace MlNetImageTranslation.Weights;

/// <summary>What a safetensors file holds.</summary>
/// <param name="Weights">The floating-point tensors, in the header's order.</param>
/// <param name="Metadata">The header's <c>__metadata__</c>; empty where there is none.</param>
/// <param name="SkippedNames">Tensors of integers (such as PyTorch's <c>num_batches_tracked</c>), which are no weights
/// and were not read.</param>
public sealed record SafetensorsFile(
    StateDict Weights,
    IReadOnlyDictionary<string, string> Metadata,
    IReadOnlyList<string> SkippedNames
);

using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Trainer;

/// <summary>What came of converting somebody else's checkpoint.</summary>
/// <param name="Network">The network found in it.</param>
/// <param name="Card">The model card of the file written.</param>
/// <param name="Verified">The ONNX file, and how far it is from torch; null for a safetensors file, which holds the
/// very same weights.</param>
public sealed record ImportedModel(NetworkFile Network, ModelCard Card, VerifiedModel? Verified);

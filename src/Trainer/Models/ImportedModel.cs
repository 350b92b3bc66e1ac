using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Trainer;

/// <summary>What came of converting somebody else's checkpoint.</summary>
/// <param name="Network">The network found in it.</param>
/// <param name="Card">The model card of the file written.</param>
/// <param name="Difference">How far the ONNX file is from torch; null for a safetensors file, which holds the very same
/// weights.</param>
public sealed record ImportedModel(ImportedNetwork Network, ModelCard Card, ModelDifference? Difference);

using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Trainer;

/// <summary>An exported model that was compared with torch.</summary>
/// <param name="File">The ONNX file.</param>
/// <param name="Card">Its model card.</param>
/// <param name="Difference">How far it is from torch.</param>
public sealed record VerifiedModel(string File, ModelCard Card, ModelDifference Difference);

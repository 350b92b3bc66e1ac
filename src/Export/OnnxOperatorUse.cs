namespace MlNetImageTranslation.Export;

/// <summary>An operator that a model uses.</summary>
/// <param name="Domain">Its domain; empty for ONNX's own operators.</param>
/// <param name="Name">Its name, such as <c>Conv</c>.</param>
/// <param name="Count">How many nodes there are of it, those in subgraphs and functions included.</param>
public sealed record OnnxOperatorUse(string Domain, string Name, int Count)
{
    /// <summary>The operator as <c>Conv x 16</c>, with its domain where that is not ONNX's own.</summary>
    public override string ToString() => $"{(Domain.Length == 0 ? "" : Domain + ":")}{Name} x {Count}";
}

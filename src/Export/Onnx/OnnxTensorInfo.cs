using System.Collections.Immutable;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Export;

/// <summary>An input or output of an ONNX model.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ElementType">The type of its elements.</param>
/// <param name="Shape">Its dimensions; default where the file does not say how many there are.</param>
public sealed record OnnxTensorInfo(string Name, OnnxElementType ElementType, ImmutableArray<OnnxDimension> Shape)
{
    /// <summary>The tensor as <c>image: uint8 [N, H, W, 3]</c>.</summary>
    public override string ToString() =>
        $"{Name}: {ElementType.ToString().ToLowerInvariant()} "
        + $"{(Shape.IsDefault ? "of any shape" : $"[{string.Join(", ", Shape)}]")}";
}

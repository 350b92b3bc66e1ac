using System.Collections.Immutable;

namespace MlNetImageTranslation.Weights;

/// <summary>A tensor of somebody else's file, not yet read.</summary>
/// <param name="Shape">Length of every dimension.</param>
/// <param name="Load">Reads the values, row-major, into an array of the caller's own. It is told whether they are the
/// weight of a transposed convolution, whose output channels come second.</param>
internal sealed record ForeignTensor(ImmutableArray<int> Shape, Func<bool, float[]> Load)
{
    /// <summary>The shape as <c>[64, 3, 4, 4]</c>.</summary>
    public string ShapeText => $"[{string.Join(", ", Shape)}]";
}

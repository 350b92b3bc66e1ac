using System.Collections.Immutable;

namespace MlNetImageTranslation.Export;

/// <summary>Weights of a convolution, with the norm after it folded into them where there is one.</summary>
internal readonly record struct FoldedTensor(string Name, ImmutableArray<int> Shape, float[] Values);

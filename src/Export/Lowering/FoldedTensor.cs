using System.Collections.Immutable;

namespace MlNetImageTranslation.Export;

/// <summary>
/// Weights of a convolution after a norm was folded into them; the values are computed when they are asked for.
/// </summary>
internal readonly record struct FoldedTensor(string Name, ImmutableArray<int> Shape, Func<float[]> Values);

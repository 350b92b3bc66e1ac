using System.Collections.Immutable;

namespace MlNetImageTranslation.Weights;

/// <summary>One tensor as a safetensors header describes it.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="Type">How values are stored.</param>
/// <param name="Shape">Length of every dimension.</param>
/// <param name="Begin">First byte, counted from the end of the header.</param>
/// <param name="End">The byte after the last one.</param>
internal sealed record SafetensorsEntry(string Name, ElementType Type, ImmutableArray<int> Shape, long Begin, long End);

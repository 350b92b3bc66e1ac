namespace MlNetImageTranslation.Transforms.Tests;

/// <summary>A tensor.</summary>
internal sealed record Values<T>(long[] Shape, T[] Items);

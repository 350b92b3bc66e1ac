namespace MlNetImageTranslation.Weights;

/// <summary>The values of one or several tensors of a checkpoint.</summary>
/// <param name="Key">Its name in the file.</param>
/// <param name="Type">How values are stored.</param>
/// <param name="Count">How many there are.</param>
internal sealed record TorchStorage(string Key, ElementType Type, long Count);

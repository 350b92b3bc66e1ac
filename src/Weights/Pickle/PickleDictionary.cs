namespace MlNetImageTranslation.Weights;

/// <summary>A dictionary of a pickle, in order; it may contain itself.</summary>
internal sealed class PickleDictionary
{
    public List<KeyValuePair<object?, object?>> Items { get; } = [];
}

namespace MlNetImageTranslation.Weights;

/// <summary>A list or set of a pickle; it may contain itself.</summary>
internal sealed class PickleList : List<object?>;

namespace MlNetImageTranslation.Networks;

/// <summary>A list of a pickle; it may contain itself.</summary>
internal sealed class PickleList : List<object?>;

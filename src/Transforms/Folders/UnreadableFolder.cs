namespace MlNetImageTranslation.Transforms;

/// <summary>A sub-folder whose content could not be listed.</summary>
/// <param name="Path">Its path below the input folder, with a slash at its end.</param>
/// <param name="Reason">What the system said.</param>
internal readonly record struct UnreadableFolder(string Path, string Reason);

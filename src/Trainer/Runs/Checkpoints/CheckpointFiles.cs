namespace MlNetImageTranslation.Trainer;

/// <summary>The files of a checkpoint, before they are opened: only plain files in its own folder are.</summary>
internal static class CheckpointFiles
{
    public const string Extension = ".safetensors";

    /// <summary>The path of a file that a checkpoint names.</summary>
    /// <exception cref="InvalidDataException">It is no name of a file in the checkpoint's folder.</exception>
    public static string PathOf(string folder, string name) =>
        name.EndsWith(Extension, StringComparison.Ordinal)
        && name.IndexOfAny(['/', '\\', ':', '\0']) < 0
        && !name.StartsWith('.')
            ? Path.Combine(folder, name)
            : throw new InvalidDataException(
                $"'{folder}' names the file '{name}': expected a '{Extension}' file in its own folder."
            );

    /// <summary>Makes sure that a file is there, a plain one, and as long as it was written.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bytes">Its length; null where it is not known, but it has content.</param>
    /// <exception cref="InvalidDataException">It is not.</exception>
    public static void RequireFile(string path, long? bytes)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
            throw new InvalidDataException($"'{path}' is missing.");
        if (file.LinkTarget is not null)
            throw new InvalidDataException($"'{path}' is a link; expected a file.");
        // Devices and pipes have no length: nothing of them is read.
        if (file.Length == 0 || file.Length != (bytes ?? file.Length))
            throw new InvalidDataException(
                FormattableString.Invariant(
                    $"'{path}' has {file.Length} bytes; expected {(bytes is { } all ? all : "some")}."
                )
            );
    }
}

namespace MlNetImageTranslation.Trainer;

/// <summary>Instance images, found by the names of the label images that they belong to.</summary>
internal sealed class InstanceImages
{
    private readonly string _folder;
    private readonly Dictionary<string, string> _files;

    /// <summary>Looks into the sub-folder of a phase, or into the folder itself.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">Two images have one name.</exception>
    public InstanceImages(string folder, string phase)
    {
        string below = Path.Combine(folder, phase);
        _folder = Directory.Exists(below) ? below : folder;
        _files = [];
        foreach (string file in ImageDecoder.ListFiles(_folder, recursive: false))
            if (!_files.TryAdd(NameOf(file), file))
                throw new InvalidDataException(
                    $"Folder '{_folder}' has several instance images named '{NameOf(file)}'; expected one."
                );
    }

    /// <summary>The instance image of a label image.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public string FileOf(string labels) =>
        _files.TryGetValue(NameOf(labels), out string? file)
            ? file
            : throw new InvalidDataException(
                $"Folder '{_folder}' has no instance image for '{labels}'; expected one named '{NameOf(labels)}'."
            );

    private static string NameOf(string file) => Path.GetFileNameWithoutExtension(file);
}

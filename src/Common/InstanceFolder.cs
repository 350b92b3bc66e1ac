using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation;

/// <summary>A folder of instance images, found by the names of the label images that they belong to.</summary>
/// <remarks>This file is compiled into the libraries that read instance images beside others.</remarks>
internal sealed class InstanceFolder
{
    private readonly string _folder;
    private readonly Dictionary<string, string> _files = [];
    private readonly string _ending;

    /// <summary>Looks into a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="recursive">Whether images in its sub-folders count, by their paths below it.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">It holds no images, or two of one name.</exception>
    public InstanceFolder(string folder, bool recursive = false)
    {
        _folder = folder;
        foreach (string file in ImageDecoder.ListFiles(folder, recursive))
            if (NameOf(Path.GetRelativePath(folder, file)) is var name && !_files.TryAdd(name, file))
                throw new InvalidDataException(
                    $"Folder '{folder}' has several instance images named '{name}'; expected one."
                );
        _ending = SharedEnding.Of(_files.Keys);
    }

    /// <summary>
    /// Looks into the sub-folder of a phase of a dataset (<c>train</c>, or <c>train_inst</c> as pix2pixHD has it), or
    /// into the folder itself.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="phase">The phase: train, val or test.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">It holds no images, or two of one name.</exception>
    public static InstanceFolder OfPhase(string folder, string phase) =>
        new(
            new[] { phase, phase + "_inst" }.Select(name => Path.Combine(folder, name)).FirstOrDefault(Directory.Exists)
                ?? folder
        );

    /// <summary>The instance image of an image.</summary>
    /// <param name="image">The image's path.</param>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public string FileOf(string image) => FileOf(image, Path.GetFileName(image));

    /// <summary>The instance image of an image below another folder.</summary>
    /// <param name="image">The image, as messages name it.</param>
    /// <param name="path">Its path below that folder.</param>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public string FileOf(string image, string path) =>
        Find(NameOf(path))
        ?? throw new InvalidDataException(
            $"Folder '{_folder}' has no instance image for '{image}'; expected one named '{NameOf(path)}'."
        );

    // By the name or, where the names of the folder have an ending of their own, by the longest part of the name, up to
    // a separator, that has an image with that ending.
    private string? Find(string name)
    {
        if (_files.TryGetValue(name, out string? file))
            return file;
        if (_ending.Length == 0)
            return null;
        for (
            int length = name.Length;
            length > 0;
            length = name.AsSpan(0, length).LastIndexOfAny(SharedEnding.Separators)
        )
            if (_files.TryGetValue(name[..length] + _ending, out file))
                return file;
        return null;
    }

    private static string NameOf(string path) => Path.ChangeExtension(path, null).Replace('\\', '/');
}

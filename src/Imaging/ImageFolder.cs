namespace MlNetImageTranslation.Imaging;

/// <summary>The images of a folder, by their extensions, in an order that is the same on every machine.</summary>
public static class ImageFolder
{
    /// <summary>The paths of all images, ordered by ordinal comparison of their path below the folder.</summary>
    /// <param name="folder">An existing folder.</param>
    /// <param name="recursive">Whether sub-folders are listed too. Names that begin with a dot are left out.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">It holds no images.</exception>
    public static IReadOnlyList<string> List(string folder, bool recursive = false)
    {
        var files = ListOrEmpty(folder, recursive);
        return files.Count > 0
            ? files
            : throw new InvalidDataException(
                $"Folder '{folder}' holds no images: expected files that end in "
                    + $"{string.Join(", ", ImageDecoder.Extensions)}."
            );
    }

    /// <summary>As <see cref="List"/>, with an empty list for a folder without images.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static IReadOnlyList<string> ListOrEmpty(string folder, bool recursive = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"There is no image folder '{folder}'.");
        return
        [
            .. Directory
                .EnumerateFiles(folder, "*", recursive ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly)
                .Where(path => ImageDecoder.HasImageExtension(path) && !IsHidden(Path.GetRelativePath(folder, path)))
                .OrderBy(path => Path.GetRelativePath(folder, path).Replace('\\', '/'), StringComparer.Ordinal),
        ];
    }

    /// <summary>Whether the folder is there and holds an image.</summary>
    public static bool Any(string folder) => Directory.Exists(folder) && ListOrEmpty(folder).Count > 0;

    private static bool IsHidden(string relative) =>
        relative.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar).Any(part => part.StartsWith('.'));
}

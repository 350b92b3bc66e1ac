using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation;

/// <summary>What was found in a folder of images.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Files">The paths of the images, in the ordinal order of their paths below the folder.</param>
/// <param name="LeftOut">What is in the folder besides, one entry a reason.</param>
/// <remarks>This file is compiled into every library that lists folders of images.</remarks>
internal sealed record ImageListing(string Folder, IReadOnlyList<string> Files, IReadOnlyList<LeftOutFiles> LeftOut)
{
    /// <summary>The images, and what is in the folder besides.</summary>
    /// <param name="folder">An existing folder.</param>
    /// <param name="recursive">Whether sub-folders are listed too.</param>
    /// <param name="exceptFolders">Sub-folders that are no part of it.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static ImageListing Of(
        string folder,
        bool recursive = true,
        IReadOnlyCollection<string>? exceptFolders = null
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"There is no image folder '{folder}'.");
        var walk = new ImageFolderWalk(recursive, exceptFolders ?? []);
        walk.Enter(new DirectoryInfo(folder), "");
        walk.Files.Sort(StringComparer.Ordinal);
        return new ImageListing(folder, [.. walk.Files.Select(file => Path.Combine(folder, file))], walk.LeftOut);
    }

    /// <summary>The path of a file below the folder, with <c>/</c> between its parts.</summary>
    public string RelativePath(string file) => Path.GetRelativePath(Folder, file).Replace('\\', '/');

    /// <summary>The path below the folder without the extension: the name by which images are paired.</summary>
    public string NameOf(string file) => Path.ChangeExtension(RelativePath(file), null);

    /// <summary>The listing itself, unless it is empty.</summary>
    /// <exception cref="InvalidDataException">There are no images.</exception>
    public ImageListing RequireImages() =>
        Files.Count > 0
            ? this
            : throw new InvalidDataException(
                $"Folder '{Folder}' holds no images: expected files that end in "
                    + $"{string.Join(", ", ImageDecoder.Extensions)}"
                    + (LeftOut.Count == 0 ? "." : $"; found {string.Join(", ", LeftOut)}.")
            );
}

namespace MlNetImageTranslation.Imaging;

/// <summary>
/// The images of a folder and its sub-folders, by their extensions, in an order that is the same on every machine
/// (data/image_folder.py of the reference implementation, <c>make_dataset</c>). Hidden files and folders and linked
/// folders are left out.
/// </summary>
public static class ImageFolder
{
    /// <summary>The paths of all images, in the ordinal order of their paths below the folder.</summary>
    /// <param name="folder">An existing folder.</param>
    /// <param name="recursive">Whether sub-folders are listed too.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">It holds no images.</exception>
    public static IReadOnlyList<string> List(string folder, bool recursive = true) =>
        ImageListing.Of(folder, recursive).RequireImages().Files;

    /// <summary>As <see cref="List"/>, with an empty list for a folder without images.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static IReadOnlyList<string> ListOrEmpty(string folder, bool recursive = true) =>
        ImageListing.Of(folder, recursive).Files;

    /// <summary>Whether the folder is there and holds an image.</summary>
    public static bool Any(string folder, bool recursive = true) =>
        Directory.Exists(folder) && ListOrEmpty(folder, recursive).Count > 0;
}

namespace MlNetImageTranslation.Imaging;

// The files of a folder that are images by their extensions.
public static partial class ImageDecoder
{
    /// <summary>
    /// The paths of all images of a folder and its sub-folders, by their extensions, in the ordinal order of their
    /// paths below the folder, which is the same on every machine (data/image_folder.py of the reference implementation,
    /// <c>make_dataset</c>). Hidden files and folders and linked folders are left out.
    /// </summary>
    /// <param name="folder">An existing folder.</param>
    /// <param name="recursive">Whether sub-folders are listed too.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">It holds no images.</exception>
    public static IReadOnlyList<string> ListFiles(string folder, bool recursive = true) =>
        ImageListing.Of(folder, recursive).RequireImages().Files;

    /// <summary>As <see cref="ListFiles"/>, with an empty list for a folder without images.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static IReadOnlyList<string> ListFilesOrEmpty(string folder, bool recursive = true) =>
        ImageListing.Of(folder, recursive).Files;

    /// <summary>Whether the folder is there and holds an image.</summary>
    public static bool HasFiles(string folder, bool recursive = true) =>
        Directory.Exists(folder) && ListFilesOrEmpty(folder, recursive).Count > 0;
}

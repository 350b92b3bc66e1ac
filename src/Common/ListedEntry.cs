using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation;

/// <summary>What an entry of a folder is to those who look for images.</summary>
/// <remarks>This file is compiled into every library that lists folders of images.</remarks>
internal static class ListedEntry
{
    /// <summary>
    /// Whether its name begins with a dot, as macOS's <c>._0.png</c> and the files that are being written do: such
    /// entries are nobody's images.
    /// </summary>
    public static bool IsHidden(FileSystemInfo entry) => entry.Name.StartsWith('.');

    /// <summary>Whether it is a link to a folder. Links are not followed: they may lead in circles.</summary>
    public static bool IsLink(DirectoryInfo folder) => folder.LinkTarget is not null;

    /// <summary>Whether the extension of a path is one of <see cref="ImageDecoder.Extensions"/>.</summary>
    public static bool IsImage(string path) => ImageDecoder.HasImageExtension(path);
}

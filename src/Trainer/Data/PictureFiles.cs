namespace MlNetImageTranslation.Trainer;

/// <summary>The picture files of a folder.</summary>
internal static class PictureFiles
{
    /// <summary>The pictures directly in a folder, in the ordinal order of their names: the same on every machine.</summary>
    public static string[] In(string folder)
    {
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"There is no picture folder '{folder}'.");
        var files = Directory.EnumerateFiles(folder).Where(ImageDecoder.HasImageExtension).Order(StringComparer.Ordinal).ToArray();
        return files.Length > 0
            ? files
            : throw new InvalidDataException($"Folder '{folder}' holds no pictures: expected files that end in {string.Join(", ", ImageDecoder.Extensions)}.");
    }

    /// <summary>Whether the folder is there and holds a picture.</summary>
    public static bool AnyIn(string folder) => Directory.Exists(folder) && Directory.EnumerateFiles(folder).Any(ImageDecoder.HasImageExtension);
}

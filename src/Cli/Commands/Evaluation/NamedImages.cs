using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Cli;

/// <summary>The images of a folder by their path in it, without extension.</summary>
internal static class NamedImages
{
    /// <exception cref="UserError">Two images differ only in their extension.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> In(string folder)
    {
        var files = ImageDecoder
            .ListFiles(folder, recursive: true)
            .Select(file => KeyValuePair.Create(Path.ChangeExtension(Path.GetRelativePath(folder, file), null), file))
            .ToList();
        foreach (var group in files.GroupBy(file => file.Key).Where(group => group.Count() > 1))
            throw new UserError(
                $"'{folder}' has two images named '{group.Key}': "
                    + $"{string.Join(", ", group.Select(file => Path.GetFileName(file.Value)))}."
            );
        return files;
    }
}

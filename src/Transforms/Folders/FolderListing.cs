using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Transforms;

/// <summary>Lists the pictures below a folder in a fixed order and gives each its output, so that no two write the same file.</summary>
internal static class FolderListing
{
    public static List<PictureFile> List(string inputFolder, string outputFolder, FolderTranslationOptions options)
    {
        string root = Path.GetFullPath(inputFolder), output = Path.GetFullPath(outputFolder);
        var files = new List<PictureFile>();
        Add(new DirectoryInfo(root), "", output, new(options.Include), new(options.Exclude), options, files);
        return files;
    }

    private static void Add(DirectoryInfo folder, string prefix, string output, PathPatterns include, PathPatterns exclude, FolderTranslationOptions options, List<PictureFile> files)
    {
        string[] names = [.. folder.EnumerateFiles().Select(file => file.Name)
            .Where(name => !name.StartsWith('.') && IsMeant(prefix + name, include, exclude)).Order(StringComparer.Ordinal)];
        // a.jpg and a.png would both become a.png: then both keep their whole names.
        var shared = names.GroupBy(name => Path.GetFileNameWithoutExtension(name), StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1).Select(group => group.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var name in names)
        {
            if (!options.Shard.Contains(prefix + name)) continue;
            string stem = Path.GetFileNameWithoutExtension(name);
            files.Add(new(prefix + name, prefix + (shared.Contains(stem) ? name : stem) + options.OutputExtension));
        }
        if (!options.Recursive) return;
        // Linked folders may lead in circles; the output may lie inside the input.
        foreach (var child in folder.EnumerateDirectories().Where(child => child.LinkTarget is null && child.FullName != output && !child.Name.StartsWith('.')).OrderBy(child => child.Name, StringComparer.Ordinal))
            Add(child, $"{prefix}{child.Name}/", output, include, exclude, options, files);
    }

    private static bool IsMeant(string path, PathPatterns include, PathPatterns exclude) =>
        (include.IsEmpty ? ImageDecoder.HasImageExtension(path) : include.Match(path)) && !exclude.Match(path);
}

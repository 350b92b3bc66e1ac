using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Transforms;

/// <summary>
/// Lists the images below a folder in a fixed order and gives each its output, so that no two write the same file.
/// </summary>
internal static class FolderListing
{
    public static List<ImageFile> List(string inputFolder, string outputFolder, FolderTranslationOptions options)
    {
        var files = new List<ImageFile>();
        Add(
            new DirectoryInfo(RealPath.Of(inputFolder)),
            "",
            RealPath.Of(outputFolder),
            new(options.Include),
            new(options.Exclude),
            options,
            files
        );
        return files;
    }

    private static void Add(
        DirectoryInfo folder,
        string prefix,
        string output,
        PathPatterns include,
        PathPatterns exclude,
        FolderTranslationOptions options,
        List<ImageFile> files
    )
    {
        var children = folder
            .EnumerateDirectories()
            .Where(child => !child.Name.StartsWith('.'))
            .OrderBy(child => child.Name, StringComparer.Ordinal)
            .ToArray();
        // Patterns choose what is translated, not what it is called: another run with other patterns must not write
        // over this one's images.
        string[] names =
        [
            .. folder
                .EnumerateFiles()
                .Select(file => file.Name)
                .Where(name =>
                    !name.StartsWith('.') && (ImageDecoder.HasImageExtension(name) || include.Match(prefix + name))
                )
                .Order(StringComparer.Ordinal),
        ];
        // a.jpg and a.png would both become a.png, or x.jpg what is a folder or the whole name of another: then whole
        // names are kept.
        var taken = names
            .GroupBy(Path.GetFileNameWithoutExtension, StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Count() > 1)
            .Select(group => group.Key!)
            .Concat(names)
            .Concat(
                children
                    .Select(child => child.Name)
                    .Where(name => name.EndsWith(options.OutputExtension, StringComparison.OrdinalIgnoreCase))
                    .Select(Path.GetFileNameWithoutExtension)
            )
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var name in names)
        {
            if (!IsMeant(prefix + name, include, exclude) || !options.Shard.Contains(prefix + name))
                continue;
            string stem = Path.GetFileNameWithoutExtension(name);
            files.Add(new(prefix + name, prefix + (taken.Contains(stem) ? name : stem) + options.OutputExtension));
        }
        if (!options.Recursive)
            return;
        // Linked folders may lead in circles; the output may lie inside the input.
        foreach (var child in children.Where(child => child.LinkTarget is null && child.FullName != output))
            Add(child, $"{prefix}{child.Name}/", output, include, exclude, options, files);
    }

    private static bool IsMeant(string path, PathPatterns include, PathPatterns exclude) =>
        (include.IsEmpty ? ImageDecoder.HasImageExtension(path) : include.Match(path)) && !exclude.Match(path);
}

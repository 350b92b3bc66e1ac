namespace MlNetImageTranslation.Transforms;

/// <summary>
/// Lists the images below a folder in a fixed order and gives each its output, so that no two write the same file.
/// </summary>
internal sealed class FolderListing
{
    private readonly FolderTranslationOptions _options;
    private readonly PathPatterns _include;
    private readonly PathPatterns _exclude;
    private readonly string _output;
    private readonly List<ImageFile> _files = [];
    private readonly List<UnreadableFolder> _unreadable = [];

    private FolderListing(string outputFolder, FolderTranslationOptions options)
    {
        _options = options;
        _include = new(options.Include);
        _exclude = new(options.Exclude);
        _output = RealPath.Of(outputFolder);
    }

    /// <summary>
    /// The images, in ordinal order of their names, those of a folder before those of its sub-folders.
    /// </summary>
    public IReadOnlyList<ImageFile> Files => _files;

    /// <summary>The sub-folders whose content could not be listed.</summary>
    public IReadOnlyList<UnreadableFolder> Unreadable => _unreadable;

    /// <summary>Files of other extensions, where no pattern says what is meant; null where there are none.</summary>
    public LeftOutFiles? LeftOut { get; private set; }

    /// <summary>Lists a folder.</summary>
    /// <exception cref="UnauthorizedAccessException">The input folder itself cannot be read.</exception>
    /// <exception cref="IOException">The same.</exception>
    public static FolderListing Of(string inputFolder, string outputFolder, FolderTranslationOptions options)
    {
        var listing = new FolderListing(outputFolder, options);
        var root = new DirectoryInfo(RealPath.Of(inputFolder));
        listing.Add(root, "", [.. root.EnumerateFileSystemInfos()]);
        return listing;
    }

    private void Add(DirectoryInfo folder, string prefix)
    {
        FileSystemInfo[] entries;
        try
        {
            entries = [.. folder.EnumerateFileSystemInfos()];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // One such folder (lost+found) is no reason to translate nothing.
            if (!_exclude.Match(prefix) && !_exclude.Match(prefix[..^1]) && Shards.Contains(_options.Shard, prefix))
            {
                _unreadable.Add(new(prefix, exception.Message));
            }

            return;
        }
        Add(folder, prefix, entries);
    }

    private void Add(DirectoryInfo folder, string prefix, FileSystemInfo[] entries)
    {
        var children = entries
            .OfType<DirectoryInfo>()
            .Where(child => !ListedEntry.IsHidden(child))
            .OrderBy(child => child.Name, StringComparer.Ordinal)
            .ToArray();
        // Patterns choose what is translated, not what it is called: another run with other patterns must not write
        // over this one's images.
        string[] names =
        [
            .. entries
                .OfType<FileInfo>()
                .Where(file => !ListedEntry.IsHidden(file))
                .Select(file => file.Name)
                .Where(name => ListedEntry.IsImage(name) || _include.Match(prefix + name))
                .Order(StringComparer.Ordinal),
        ];
        if (_include.IsEmpty)
        {
            NoteOthers(entries, prefix);
        }

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
                    .Where(name => name.EndsWith(_options.OutputExtension, StringComparison.OrdinalIgnoreCase))
                    .Select(Path.GetFileNameWithoutExtension)
            )
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (string name in names)
        {
            if (!IsMeant(prefix + name) || !Shards.Contains(_options.Shard, prefix + name))
            {
                continue;
            }

            string stem = Path.GetFileNameWithoutExtension(name);
            string output = prefix + (taken.Contains(stem) ? name : stem) + _options.OutputExtension;
            _files.Add(new(prefix + name, output));
        }
        if (!_options.Recursive)
        {
            return;
        }

        // The output may lie inside the input.
        foreach (var child in children.Where(child => !ListedEntry.IsLink(child) && child.FullName != _output))
        {
            Add(child, $"{prefix}{child.Name}/");
        }
    }

    private void NoteOthers(FileSystemInfo[] entries, string prefix)
    {
        foreach (
            string path in entries
                .OfType<FileInfo>()
                .Where(file => !ListedEntry.IsHidden(file) && !ListedEntry.IsImage(file.Name))
                .Select(file => prefix + file.Name)
                .Where(path => !_exclude.Match(path))
                .Order(StringComparer.Ordinal)
        )
        {
            LeftOut = new(LeftOutReason.Extension, (LeftOut?.Count ?? 0) + 1, LeftOut?.Example ?? path);
        }
    }

    private bool IsMeant(string path) =>
        (_include.IsEmpty ? ListedEntry.IsImage(path) : _include.Match(path)) && !_exclude.Match(path);
}

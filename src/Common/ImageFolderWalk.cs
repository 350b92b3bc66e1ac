namespace MlNetImageTranslation;

/// <summary>One walk through a folder of images.</summary>
internal sealed class ImageFolderWalk(bool recursive, IReadOnlyCollection<string> exceptFolders)
{
    private readonly HashSet<string> _except = [.. exceptFolders.Select(FullPath)];
    private readonly SortedDictionary<LeftOutReason, (int Count, string Example)> _leftOut = [];

    /// <summary>The images' paths below the folder, with <c>/</c> between their parts.</summary>
    public List<string> Files { get; } = [];

    public IReadOnlyList<LeftOutFiles> LeftOut =>
        [.. _leftOut.Select(entry => new LeftOutFiles(entry.Key, entry.Value.Count, entry.Value.Example))];

    /// <summary>Lists a folder whose path below the first one, with a <c>/</c> behind it, is the prefix.</summary>
    public void Enter(DirectoryInfo folder, string prefix)
    {
        var entries = EntriesOf(folder, prefix);
        bool isRun = IsRun(entries);
        if (isRun && prefix.Length > 0)
        {
            Leave(LeftOutReason.RunFolder, prefix.TrimEnd('/'));
            return;
        }
        foreach (var entry in entries)
        {
            string path = prefix + entry.Name;
            if (isRun && entry is DirectoryInfo)
                Leave(LeftOutReason.RunFolder, path);
            else if (ListedEntry.IsHidden(entry))
                Leave(LeftOutReason.Hidden, path);
            else if (entry is DirectoryInfo child)
                EnterChild(child, path);
            else if (ListedEntry.IsImage(path))
                Files.Add(path);
            else
                Leave(LeftOutReason.Extension, path);
        }
    }

    private void EnterChild(DirectoryInfo child, string path)
    {
        if (_except.Contains(FullPath(child.FullName)))
            return;
        if (!recursive)
            Leave(LeftOutReason.SubFolder, path);
        else if (ListedEntry.IsLink(child))
            Leave(LeftOutReason.LinkedFolder, path);
        else
            Enter(child, path + "/");
    }

    private FileSystemInfo[] EntriesOf(DirectoryInfo folder, string prefix)
    {
        try
        {
            return folder.GetFileSystemInfos();
        }
        catch (UnauthorizedAccessException) when (prefix.Length > 0)
        {
            // A folder such as lost+found is nobody's data.
            Leave(LeftOutReason.UnreadableFolder, prefix.TrimEnd('/'));
            return [];
        }
    }

    // A run whose folder lies among the images would learn from its own sample grids.
    private static bool IsRun(FileSystemInfo[] entries)
    {
        bool Has(string name) => Array.Exists(entries, entry => entry is FileInfo && entry.Name == name);
        return Has("options.json") && (Has("log.jsonl") || Has("run.lock"));
    }

    private void Leave(LeftOutReason reason, string path)
    {
        (int count, string? example) = _leftOut.GetValueOrDefault(reason);
        // The file system's order differs between machines; the example does not.
        bool first = example is null || string.CompareOrdinal(path, example) < 0;
        _leftOut[reason] = (count + 1, first ? path : example!);
    }

    private static string FullPath(string folder) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
}

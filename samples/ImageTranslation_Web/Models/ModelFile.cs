namespace ImageTranslation_Web;

/// <summary>An ONNX file as the folder shows it; another length or time is another file.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Target">The file itself: the end of the links where <paramref name="Path"/> is one.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Changed">When they were last written.</param>
internal sealed record ModelFile(string Path, string Target, long Length, DateTime Changed)
{
    // Deep enough for mounted volumes, whose files are links into sub-folders; links in circles end here, too.
    private const int MostLevels = 4;

    private static readonly EnumerationOptions s_options = new()
    {
        RecurseSubdirectories = true,
        MaxRecursionDepth = MostLevels,
        IgnoreInaccessible = true,
    };

    /// <summary>The model's name, by which visitors ask for it.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>
    /// The models of a folder, one of each name, in the order of their paths. What cannot be read is left out: links to
    /// nowhere, folders without permission, devices and pipes.
    /// </summary>
    public static IReadOnlyList<ModelFile> List(string folder)
    {
        try
        {
            return
            [
                .. Directory
                    .EnumerateFiles(folder, "*.onnx", s_options)
                    .Order(StringComparer.Ordinal)
                    .Select(Find)
                    .OfType<ModelFile>()
                    .Where(file => !file.Name.StartsWith('.'))
                    .DistinctBy(file => file.Name, StringComparer.Ordinal),
            ];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>A file with something in it, links followed; null where there is none.</summary>
    public static ModelFile? Find(string path)
    {
        try
        {
            var file = new FileInfo(path);
            var target = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
            // Devices and pipes have no length; opening one could wait for ever.
            return target is { Exists: true, Length: > 0 }
                ? new(path, target.FullName, target.Length, target.LastWriteTimeUtc)
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// The folders that a run's options name. A run keeps their full paths too, so that it can go on from another working
/// directory than the one in which it began.
/// </summary>
internal static class DataFolders
{
    /// <summary>The folders, by the names of their options in options.json, as full paths.</summary>
    public static IReadOnlyDictionary<string, string> Of(TrainingOptions options)
    {
        var folders = new Dictionary<string, string>();
        Add("dataFolder", options.DataFolder);
        if (options is IUnpairedData unpaired)
        {
            Add("sourceFolder", unpaired.SourceFolder);
            Add("targetFolder", unpaired.TargetFolder);
        }
        if (options is PairedOptions paired)
            Add("instanceFolder", paired.InstanceFolder);
        return folders;

        void Add(string name, string? folder)
        {
            if (folder is not null)
                folders[name] = Path.GetFullPath(folder);
        }
    }

    /// <summary>
    /// Replaces relative folders that are not there by those of the same option that the run began with.
    /// </summary>
    /// <param name="options">The options of the run that goes on.</param>
    /// <param name="recorded">The full paths that it began with.</param>
    public static void Find(TrainingOptions options, IReadOnlyDictionary<string, string> recorded)
    {
        options.DataFolder = Found("dataFolder", options.DataFolder);
        if (options is IUnpairedData unpaired)
        {
            unpaired.SourceFolder = Found("sourceFolder", unpaired.SourceFolder);
            unpaired.TargetFolder = Found("targetFolder", unpaired.TargetFolder);
        }

        if (options is PairedOptions paired)
            paired.InstanceFolder = Found("instanceFolder", paired.InstanceFolder);

        string? Found(string name, string? folder) =>
            folder is not null
            && !Path.IsPathFullyQualified(folder)
            && !Path.Exists(folder)
            && recorded.TryGetValue(name, out string? full)
            && Path.Exists(full)
                ? full
                : folder;
    }
}

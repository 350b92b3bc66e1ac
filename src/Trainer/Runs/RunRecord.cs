using System.Text.Json.Nodes;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// What options.json says of a run: its options and networks. It keeps one run from writing into another's folder.
/// </summary>
internal static class RunRecord
{
    private static readonly string[] s_counts = ["trainingPictures:", "validationPictures:"];
    private static readonly string[] s_epochs = ["epochs", "decayEpochs"];

    /// <summary>Begins a run in a folder, or makes sure that the run in it is the same.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="options">The run's options; their seed is set.</param>
    /// <param name="networks">The networks by name.</param>
    /// <param name="trainingCount">Training images or pairs.</param>
    /// <param name="validationCount">Validation images or pairs.</param>
    /// <param name="trainingFiles">The files that are trained on; none for images in memory.</param>
    /// <param name="warn">Told what is allowed but worth to be known.</param>
    /// <returns>Threads of torch on the CPU, as the run began with.</returns>
    /// <exception cref="InvalidOperationException">The folder holds a run and resuming was not asked for, or it holds a
    /// run with other options or other training files; the message names them.</exception>
    /// <exception cref="InvalidDataException">The folder holds a run whose options cannot be read.</exception>
    public static int Open(
        RunFolder folder,
        TrainingOptions options,
        IEnumerable<(string Name, NetworkGraph Graph)> networks,
        int trainingCount,
        int validationCount,
        IReadOnlyList<string> trainingFiles,
        Action<string> warn
    )
    {
        int threads = ThreadsOf(options);
        var wanted = new JsonObject
        {
            ["formatVersion"] = 1,
            ["trainer"] = options.Trainer.FileName(),
            ["threads"] = threads,
            ["trainingPictures"] = trainingCount,
            ["validationPictures"] = validationCount,
            ["options"] = RecordedOptions.ToJson(options),
            ["networks"] = new JsonObject(
                networks.Select(network => KeyValuePair.Create(network.Name, JsonNode.Parse(network.Graph.ToJson())))
            ),
        };
        NewFolder.Make(folder.Samples);
        NewFolder.Make(folder.Snapshots);
        var data = RunData.Of(trainingFiles, DataFolders.Of(options));
        if (!folder.HasBegun)
        {
            Write();
            return threads;
        }
        if (!options.Resume)
            throw new InvalidOperationException(
                $"Folder '{folder.Path}' holds a run already. Set Resume to go on with it, or choose another folder."
            );
        var found = RecordedOptions.Parse(folder.Options);
        found["options"] = RecordedOptions.Normalized(found["options"], options.GetType(), folder.Options);
        // Runs counted the images that a smaller data size left out, too.
        if (options.MaximumDataSize is { } most && Whole(found["trainingPictures"]) > most)
            found["trainingPictures"] = Math.Min(trainingCount, most);
        // As many threads as the run began with, unless a number was asked for: sums depend on it.
        if (options.Threads == 0 && Whole(found["threads"]) is { } recorded)
        {
            threads = recorded;
            wanted["threads"] = recorded;
        }
        var before = RunData.Read(folder.Data, warn);
        if (before is not null)
            AcceptSameFolders(found["options"]!, wanted["options"]!, before.Folders, data.Folders);
        var changes = before is null ? [] : data.ChangesSince(before);
        var history = new RunHistory(folder, found);
        if (options.AllowChangedEpochs)
            AcceptEpochs(found["options"]!, wanted["options"]!, history);
        if (options.AllowMovedData)
            AcceptMovedFolders(found["options"]!, wanted["options"]!, before, data.Folders, history, warn);
        found.Remove(RunHistory.Name);
        var differences = Differences("", found, wanted).ToArray();
        bool onlyCounts = differences.All(difference => s_counts.Any(difference.StartsWith));
        if (changes.Count > 0 && onlyCounts && !options.AllowChangedData)
            throw new InvalidOperationException(
                $"The run in '{folder.Path}' began with other training files. Set AllowChangedData to go on with those "
                    + $"of now, or bring back those of before:\n  {string.Join("\n  ", changes)}"
            );
        if (differences.Length > 0 && !(onlyCounts && options.AllowChangedData))
            throw new InvalidOperationException(
                $"Folder '{folder.Path}' holds a run with other options; a run goes on with its own or begins in "
                    + $"another folder:\n  {string.Join("\n  ", differences)}{Hints(differences)}"
            );
        if (changes.Count > 0)
        {
            warn($"The training files are not those that the run began with: {string.Join("; ", changes)}.");
            history.Add("files", null, string.Join("; ", changes));
        }
        else if (before is not null && data.WrittenSince(before) is [var written])
        {
            warn(
                $"The training files may not be those that the run began with: their names and sizes are, but not the "
                    + $"times of some ({written})."
            );
        }
        history.WriteTo(wanted);
        if (differences.Length > 0 || changes.Count > 0 || history.Grew)
            Write();
        else if (before is null && trainingFiles.Count > 0)
            data.Write(folder.Data, options.FlushToDisk);
        return threads;

        void Write()
        {
            AtomicFile.WriteText(folder.Options, wanted.ToJsonString(OptionsJson.Settings) + "\n", options.FlushToDisk);
            if (trainingFiles.Count > 0)
                data.Write(folder.Data, options.FlushToDisk);
            if (options.FlushToDisk)
                FlushNames(folder.Path);
        }
    }

    private static void FlushNames(string folder)
    {
        DirectoryFlush.Run(folder);
        try
        {
            if (Path.GetDirectoryName(folder) is { } parent)
                DirectoryFlush.Run(parent);
        }
        catch (IOException)
        {
            // The folder that the run's is in may be somebody else's, and closed to us.
        }
    }

    // The name of a folder may differ (relative or full), or the working directory: the folder that is meant counts.
    private static void AcceptSameFolders(
        JsonNode found,
        JsonNode wanted,
        IReadOnlyDictionary<string, string> before,
        IReadOnlyDictionary<string, string> now
    )
    {
        foreach (var (name, path) in now)
            if (before.GetValueOrDefault(name) == path)
                wanted[name] = found[name]?.DeepClone();
    }

    private static void AcceptEpochs(JsonNode found, JsonNode wanted, RunHistory history)
    {
        string before = Epochs(found),
            now = Epochs(wanted);
        if (before == now)
            return;
        history.Add("epochs", before, now);
        foreach (string name in s_epochs)
            found[name] = wanted[name]?.DeepClone();

        static string Epochs(JsonNode options) => $"{options[s_epochs[0]]} and {options[s_epochs[1]]} of decay";
    }

    private static void AcceptMovedFolders(
        JsonNode found,
        JsonNode wanted,
        RunData? before,
        IReadOnlyDictionary<string, string> now,
        RunHistory history,
        Action<string> warn
    )
    {
        foreach (var (name, path) in now)
        {
            if (JsonNode.DeepEquals(found[name], wanted[name]))
                continue;
            history.Add("folder", before?.Folders.GetValueOrDefault(name) ?? found[name]?.ToString(), path);
            found[name] = wanted[name]?.DeepClone();
            if (before is null)
                warn($"The run does not say which files it began with: those in '{path}' are taken for them.");
        }
    }

    // How what was refused may be asked for.
    private static string Hints(string[] differences)
    {
        bool Mentions(params string[] names) =>
            differences.Any(difference =>
                names.Any(name => difference.StartsWith($"options.{name}:", StringComparison.Ordinal))
            );
        string hints = "";
        if (Mentions(s_epochs))
            hints += "\nSet AllowChangedEpochs to train this run for another number of epochs.";
        if (Mentions("dataFolder", "sourceFolder", "targetFolder", "instanceFolder"))
            hints += "\nSet AllowMovedData if its training files were moved.";
        return hints;
    }

    /// <summary>The full paths of the data folders that the run in a folder began with.</summary>
    public static IReadOnlyDictionary<string, string> Folders(RunFolder folder) =>
        RunData.Read(folder.Data, _ => { })?.Folders ?? new Dictionary<string, string>();

    /// <summary>Threads of torch on the CPU where no run says otherwise.</summary>
    public static int ThreadsOf(TrainingOptions options) =>
        options.Threads > 0 ? options.Threads : Environment.ProcessorCount;

    /// <summary>The seed of the run in a folder; null where there is none to go on with.</summary>
    public static long? Seed(RunFolder folder)
    {
        if (!folder.HasBegun)
            return null;
        return
            RecordedOptions.Parse(folder.Options)["options"] is JsonObject options
            && options["seed"] is JsonValue value
            && value.TryGetValue(out long seed)
            ? seed
            : null;
    }

    private static int? Whole(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out int number) ? number : null;

    private static IEnumerable<string> Differences(string path, JsonNode? found, JsonNode? wanted)
    {
        if (path is "" or "options" && found is JsonObject before && wanted is JsonObject now)
            return before
                .Select(member => member.Key)
                .Union(now.Select(member => member.Key))
                .SelectMany(name => Differences(path.Length == 0 ? name : $"{path}.{name}", before[name], now[name]));
        if (JsonNode.DeepEquals(found, wanted))
            return [];
        return path == "networks"
            ? ["networks: their layers differ"]
            : [$"{path}: the run has {found?.ToJsonString() ?? "nothing"}, now {wanted?.ToJsonString() ?? "nothing"}"];
    }
}

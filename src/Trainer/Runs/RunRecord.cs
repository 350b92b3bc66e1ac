using System.Text.Json;
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
            ["options"] = ToJson(options),
            ["networks"] = new JsonObject(
                networks.Select(network => KeyValuePair.Create(network.Name, JsonNode.Parse(network.Graph.ToJson())))
            ),
        };
        Directory.CreateDirectory(folder.Samples);
        Directory.CreateDirectory(folder.Snapshots);
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
        var found = Parse(folder.Options);
        found["options"] = Normalized(found["options"], options.GetType(), folder.Options);
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
            history.Add("folder", before?.Folders.GetValueOrDefault(name) ?? Text(found[name]), path);
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
            Parse(folder.Options)["options"] is JsonObject options
            && options["seed"] is JsonValue value
            && value.TryGetValue(out long seed)
            ? seed
            : null;
    }

    /// <summary>Reads the options with which a run began.</summary>
    /// <exception cref="InvalidDataException">The folder holds the run of another trainer, or its options cannot be
    /// read.</exception>
    public static T ReadOptions<T>(string path)
        where T : TrainingOptions, new()
    {
        var folder = new RunFolder(path);
        folder.RequireRun();
        var found = Parse(folder.Options);
        string expected = new T().Trainer.FileName();
        if (Text(found["trainer"]) != expected)
            throw new InvalidDataException(
                $"Folder '{path}' holds a run of {found["trainer"]?.ToJsonString() ?? "no trainer"}; expected one of "
                    + $"\"{expected}\"."
            );
        return Restore<T>(found["options"], found["networks"], folder.Options);
    }

    /// <summary>Reads a file of options: that of a run, edited or not, or an object of options alone.</summary>
    /// <exception cref="InvalidDataException">It is about another trainer, cannot be read, or names an unknown
    /// option.</exception>
    public static T ReadFile<T>(string file)
        where T : TrainingOptions, new()
    {
        var found = Parse(file);
        string expected = new T().Trainer.FileName();
        if (found["trainer"] is { } trainer && Text(trainer) != expected)
            throw new InvalidDataException(
                $"'{file}' is about trainer {trainer.ToJsonString()}; expected \"{expected}\"."
            );
        var options = found.TryGetPropertyValue("options", out var inner) ? inner : found;
        if (options is not JsonObject values)
            throw new InvalidDataException($"'{file}': expected \"options\" to be a JSON object.");
        var known = OptionsJson.Settings.GetTypeInfo(typeof(T)).Properties.Select(property => property.Name);
        foreach (var (name, _) in values)
            if (!known.Contains(name, StringComparer.OrdinalIgnoreCase) && (name != "trainer" || inner is not null))
                throw new InvalidDataException($"'{file}': trainer \"{expected}\" has no option \"{name}\".");
        return Restore<T>(values, found["networks"], file);
    }

    private static T Restore<T>(JsonNode? recorded, JsonNode? networks, string file)
        where T : TrainingOptions, new()
    {
        var options = (T)Deserialize(recorded, typeof(T), file);
        // A number asks for a GPU. 0 is what is recorded where none was given.
        if (options.GpuDeviceId == 0)
            options.GpuDeviceId = null;
        if (options is GeneratorOptions generator)
            generator.RestoreNetworks(Networks(networks, file));
        return options;
    }

    private static Dictionary<string, NetworkGraph> Networks(JsonNode? recorded, string file)
    {
        var networks = new Dictionary<string, NetworkGraph>();
        if (recorded is not JsonObject graphs)
            return networks;
        foreach (var (name, graph) in graphs)
        {
            try
            {
                networks[name] = NetworkGraph.FromJson(graph?.ToJsonString() ?? "null");
            }
            catch (FormatException exception)
            {
                throw new InvalidDataException(
                    $"Network '{name}' in '{file}' cannot be read: {exception.Message}",
                    exception
                );
            }
        }
        return networks;
    }

    private static JsonObject ToJson(TrainingOptions options)
    {
        var node = JsonSerializer.SerializeToNode(options, options.GetType(), OptionsJson.Settings)!.AsObject();
        node["gpuDeviceId"] ??= 0;
        return node;
    }

    // As the same options would be written today: what did not exist when the run began had what is the default now.
    private static JsonObject Normalized(JsonNode? recorded, Type type, string file)
    {
        var normal = ToJson((TrainingOptions)Deserialize(recorded, type, file));
        foreach (var (name, value) in recorded!.AsObject())
            if (!normal.ContainsKey(name))
                normal[name] = value?.DeepClone();
        return normal;
    }

    private static object Deserialize(JsonNode? options, Type type, string file)
    {
        try
        {
            return (options as JsonObject).Deserialize(type, OptionsJson.Settings)
                ?? throw new InvalidDataException($"'{file}' has no options.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"'{file}' cannot be read: {exception.Message}", exception);
        }
    }

    private static JsonObject Parse(string file)
    {
        if (!File.Exists(file) && new RunFolder(Path.GetDirectoryName(file) ?? ".") is { HasBegun: true } run)
            throw new InvalidDataException(
                $"Folder '{run.Path}' holds checkpoints, but '{file}' is missing: bring it back, or choose another folder."
            );
        try
        {
            return JsonNode.Parse(File.ReadAllText(file)) as JsonObject
                ?? throw new InvalidDataException($"'{file}' is not a JSON object.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"'{file}' cannot be read: {exception.Message}", exception);
        }
    }

    private static int? Whole(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out int number) ? number : null;

    private static string? Text(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

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

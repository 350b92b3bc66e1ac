using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// The folder of a run: where everything lies, and the guard that keeps one run from writing into another's folder.
/// </summary>
internal sealed class RunFolder
{
    public const string OptionsFile = "options.json",
        LogFile = "log.jsonl",
        ValidationFile = "validation.jsonl",
        TimingFile = "timing.jsonl";

    private RunFolder(string path, int threads) => (Path, Threads) = (path, threads);

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Threads of torch on the CPU, as the run began with.</summary>
    public int Threads { get; }

    /// <summary>Its checkpoints.</summary>
    public CheckpointFolder Checkpoints => new(In("checkpoints"));

    /// <summary>A path inside.</summary>
    public string In(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>The path of a sample grid.</summary>
    public string Sample(int epoch) =>
        In("samples", string.Create(CultureInfo.InvariantCulture, $"epoch-{epoch:D4}.png"));

    /// <summary>The path of a generator's weights after an epoch.</summary>
    public string Snapshot(string generator, int epoch) =>
        In("snapshots", string.Create(CultureInfo.InvariantCulture, $"{generator}-epoch-{epoch:D4}.safetensors"));

    /// <summary>The path of a generator's best weights.</summary>
    public string Best(string generator) => In("snapshots", $"{generator}-best.safetensors");

    /// <summary>Opens the folder of a run or begins one.</summary>
    /// <param name="options">The run's options.</param>
    /// <param name="trainer">The trainer's name.</param>
    /// <param name="networks">The networks by name.</param>
    /// <param name="trainingCount">Training images or pairs.</param>
    /// <param name="validationCount">Validation images or pairs.</param>
    /// <exception cref="InvalidOperationException">The folder holds a run and resuming was not asked for, or it holds a
    /// run with other options; the message names them.</exception>
    public static RunFolder Open(
        TrainingOptions options,
        string trainer,
        IEnumerable<(string Name, NetworkGraph Graph)> networks,
        int trainingCount,
        int validationCount
    )
    {
        string folder = System.IO.Path.GetFullPath(options.OutputFolder!),
            file = System.IO.Path.Combine(folder, OptionsFile);
        int threads = options.Threads > 0 ? options.Threads : Environment.ProcessorCount;
        var wanted = new JsonObject
        {
            ["formatVersion"] = 1,
            ["trainer"] = trainer,
            ["threads"] = threads,
            ["trainingPictures"] = trainingCount,
            ["validationPictures"] = validationCount,
            ["options"] = JsonSerializer.SerializeToNode(options, options.GetType(), OptionsJson.Settings),
            ["networks"] = new JsonObject(
                networks.Select(network => KeyValuePair.Create(network.Name, JsonNode.Parse(network.Graph.ToJson())))
            ),
        };
        if (File.Exists(folder))
            throw new IOException($"'{folder}' is a file; expected a folder for the run, or the name of a new one.");
        if (HasBegun(folder))
        {
            if (!options.Resume)
                throw new InvalidOperationException(
                    $"Folder '{folder}' holds a run already. Set Resume (--resume) to go on with it, or choose "
                        + $"another folder."
                );
            var found = Parse(file);
            AddDefaults(found, options.GetType());
            // As many threads as the run began with, unless a number was asked for: sums depend on it.
            if (options.Threads == 0 && found["threads"]?.GetValue<int>() is { } recorded)
                wanted["threads"] = threads = recorded;
            var differences = Differences("", found, wanted).ToArray();
            if (differences.Length > 0)
                throw new InvalidOperationException(
                    $"Folder '{folder}' holds a run with other options; a run goes on with its own or begins in "
                        + $"another folder:\n  {string.Join("\n  ", differences)}"
                );
            return new(folder, threads);
        }
        Directory.CreateDirectory(System.IO.Path.Combine(folder, "samples"));
        Directory.CreateDirectory(System.IO.Path.Combine(folder, "snapshots"));
        string beside = file + ".tmp";
        File.WriteAllText(beside, wanted.ToJsonString(OptionsJson.Settings) + "\n");
        File.Move(beside, file, overwrite: true);
        return new(folder, threads);
    }

    /// <summary>Reads the options with which a run began.</summary>
    public static T ReadOptions<T>(string folder)
        where T : TrainingOptions
    {
        string file = System.IO.Path.Combine(folder, OptionsFile),
            trainer = typeof(T).DeclaringType!.Name;
        var found = Parse(file);
        if (
            !string.Equals(
                found["trainer"]?.GetValue<string>() + "Trainer",
                trainer,
                StringComparison.OrdinalIgnoreCase
            )
        )
            throw new InvalidDataException(
                $"Folder '{folder}' holds a run of {found["trainer"]}; expected one of {trainer}."
            );
        try
        {
            return found["options"].Deserialize<T>(OptionsJson.Settings)
                ?? throw new InvalidDataException($"'{file}' has no options.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"'{file}' cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>
    /// Whether there is anything in the folder that a new run would spoil. One that ended before its first line of the
    /// log (a wrong option, say) has left nothing.
    /// </summary>
    public static bool HasBegun(string folder) =>
        File.Exists(System.IO.Path.Combine(folder, OptionsFile))
        && (
            new FileInfo(System.IO.Path.Combine(folder, LogFile)) is { Exists: true, Length: > 0 }
            || new CheckpointFolder(System.IO.Path.Combine(folder, "checkpoints")).All.Count > 0
        );

    private static JsonObject Parse(string file)
    {
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

    // Options that did not exist when the run began had what is their default now.
    private static void AddDefaults(JsonObject found, Type type)
    {
        if (
            found["options"] is not JsonObject options
            || JsonSerializer.SerializeToNode(Activator.CreateInstance(type), type, OptionsJson.Settings)
                is not JsonObject defaults
        )
            return;
        foreach (var (name, value) in defaults)
            if (!options.ContainsKey(name))
                options[name] = value?.DeepClone();
    }

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

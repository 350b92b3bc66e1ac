using System.Text.Json;
using System.Text.Json.Nodes;

namespace MlNetImageTranslation.Trainer;

/// <summary>Options as they stand in options.json: written, read, and brought to the form of today.</summary>
internal static class RecordedOptions
{
    /// <summary>Reads the options with which a run began.</summary>
    /// <exception cref="InvalidDataException">The folder holds the run of another trainer, or its options cannot be
    /// read.</exception>
    public static T OfRun<T>(string path)
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
    public static T OfFile<T>(string file)
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

    /// <summary>Options as they are recorded.</summary>
    public static JsonObject ToJson(TrainingOptions options)
    {
        var node = JsonSerializer.SerializeToNode(options, options.GetType(), OptionsJson.Settings)!.AsObject();
        node["gpuDeviceId"] ??= 0;
        return node;
    }

    /// <summary>
    /// As the same options would be written today: what did not exist when the run began had what is the default now.
    /// </summary>
    /// <exception cref="InvalidDataException">They cannot be read.</exception>
    public static JsonObject Normalized(JsonNode? recorded, Type type, string file)
    {
        var normal = ToJson((TrainingOptions)Deserialize(recorded, type, file));
        foreach (var (name, value) in recorded!.AsObject())
            if (!normal.ContainsKey(name))
                normal[name] = value?.DeepClone();
        return normal;
    }

    /// <summary>Recorded options as an object.</summary>
    /// <exception cref="InvalidDataException">They cannot be read.</exception>
    public static object Deserialize(JsonNode? options, Type type, string file)
    {
        try
        {
            return (options as JsonObject).Deserialize(type, OptionsJson.Settings)
                ?? throw new InvalidDataException($"'{file}' has no options.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException(
                $"'{file}' cannot be read: {WrongValue(options, exception) ?? exception.Message}",
                exception
            );
        }
    }

    // In words without types of .NET; null where a converter of ours has said it better.
    private static string? WrongValue(JsonNode? options, JsonException exception)
    {
        string name = (exception.Path ?? "").TrimStart('$', '.').Split('.', '[')[0];
        return
            exception.Message.Contains("could not be converted", StringComparison.Ordinal)
            && options is JsonObject given
            && given.TryGetPropertyValue(name, out var value)
            ? $"option \"{name}\" cannot be {value?.ToJsonString() ?? "null"}."
            : null;
    }

    /// <summary>The object in a file of a run.</summary>
    /// <exception cref="InvalidDataException">It is missing, or not a JSON object.</exception>
    public static JsonObject Parse(string file)
    {
        if (
            !File.Exists(file)
            && new RunFolder(Path.GetDirectoryName(Path.GetFullPath(file)) ?? ".") is { HasBegun: true } run
        )
            throw new InvalidDataException(
                $"Folder '{run.Path}' holds checkpoints, but '{file}' is missing: bring it back, or choose another folder."
            );
        try
        {
            return JsonNode.Parse(
                    RegularFile.ReadText(file),
                    documentOptions: new() { AllowDuplicateProperties = false }
                ) as JsonObject
                ?? throw new InvalidDataException($"'{file}' is not a JSON object.");
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            throw new InvalidDataException($"'{file}' cannot be read: {exception.Message}", exception);
        }
    }

    private static string? Text(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}

using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using MlNetImageTranslation.Trainer;

namespace MlNetImageTranslation.Cli;

/// <summary>
/// A file of training options: the <c>options.json</c> of a run, or one written by hand. What it does not say is as in
/// new options.
/// </summary>
internal static class RunConfig
{
    /// <summary>Reads the options of a trainer.</summary>
    /// <param name="file">The file.</param>
    /// <param name="trainer">The trainer's name: <c>pix2pix</c>.</param>
    /// <exception cref="UserError">It is not such a file, is about another trainer, or names an unknown option.</exception>
    public static T Read<T>(string file, string trainer)
        where T : TrainingOptions, new()
    {
        var document = Parse(file);
        var options = document["options"] ?? document;
        if (options is not JsonObject values)
        {
            throw new UserError($"'{file}': expected \"options\" to be a JSON object.");
        }

        if (document["trainer"] is { } named && !IsNamed(named, trainer))
        {
            throw new UserError($"'{file}' is a run of {named.ToJsonString()}; expected one of \"{trainer}\".");
        }

        if (
            values.Select(value => value.Key).Except(Names(typeof(T))).FirstOrDefault() is { } unknown
            && unknown != "trainer"
        )
        {
            throw new UserError($"'{file}': {trainer} has no option \"{unknown}\".");
        }

        return FromRun<T>(file, document, values, trainer);
    }

    /// <summary>Refuses a file whose trainer has no name; which one it is, the library says.</summary>
    public static void RequireNamedTrainer(string file)
    {
        if (Parse(file)["trainer"] is { } named && named.GetValueKind() != JsonValueKind.String)
        {
            throw new UserError($"'{file}': expected \"trainer\" to be a name, but got {named.ToJsonString()}.");
        }
    }

    // The library reads run folders: it knows all older names and the networks of the run.
    private static T FromRun<T>(string file, JsonObject document, JsonObject values, string trainer)
        where T : TrainingOptions, new()
    {
        var run = new JsonObject
        {
            ["formatVersion"] = 1,
            ["trainer"] = trainer,
            ["options"] = values.DeepClone(),
        };
        if (document["networks"] is { } networks)
        {
            run["networks"] = networks.DeepClone();
        }

        var folder = Directory.CreateTempSubdirectory("imt-");
        try
        {
            string copy = Path.Combine(folder.FullName, "options.json");
            File.WriteAllText(copy, run.ToJsonString());
            try
            {
                var options = TrainingOptions.FromRun<T>(folder.FullName);
                options.OutputFolder = null;
                options.Resume = false;
                return options;
            }
            catch (InvalidDataException exception)
            {
                throw new UserError(exception.Message.Replace(copy, file, StringComparison.Ordinal));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static bool IsNamed(JsonNode named, string trainer) =>
        named.GetValueKind() == JsonValueKind.String
        && string.Equals(named.GetValue<string>(), trainer, StringComparison.OrdinalIgnoreCase);

    private static JsonObject Parse(string file)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(file)) as JsonObject
                ?? throw new UserError($"'{file}': expected a JSON object with training options.");
        }
        catch (JsonException exception)
        {
            throw new UserError($"'{file}' is not JSON: {exception.Message}");
        }
    }

    private static IEnumerable<string> Names(Type options) =>
        options
            .GetMembers(BindingFlags.Public | BindingFlags.Instance)
            .Where(member => member is FieldInfo or PropertyInfo)
            .Select(member =>
                member.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name
                ?? JsonNamingPolicy.CamelCase.ConvertName(member.Name)
            );
}

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// What a run's options.json says to a reader. A file that is missing or damaged says nothing, or what is wrong with
/// it.
/// </summary>
internal sealed class ReportedRun
{
    // Not options, or said elsewhere on the page.
    private static readonly HashSet<string> s_told =
    [
        "formatVersion",
        "trainer",
        "trainingPictures",
        "validationPictures",
        RunHistory.Name,
    ];

    // Options whose names in options.json are older than those of today.
    private static readonly Dictionary<string, string> s_renamed = new()
    {
        ["badPictures"] = "badImages",
        ["pictureCacheMegabytes"] = "imageCacheMegabytes",
    };

    private readonly List<(string Name, string Value)> _recorded;

    private ReportedRun(List<(string Name, string Value)> recorded, string? recipe, IReadOnlyList<string> history)
    {
        (_recorded, Recipe, History) = (recorded, recipe, history);
    }

    /// <summary>The recipe that it follows, where that is not its trainer's own.</summary>
    public string? Recipe { get; }

    /// <summary>What was changed while it went on, in words.</summary>
    public IReadOnlyList<string> History { get; }

    /// <summary>Its options, and the names of its networks.</summary>
    public IEnumerable<(string Name, string Value)> Options =>
        // The run's own number of threads comes before the option, which is 0 where the machine decided.
        _recorded
            .Where(option => !s_told.Contains(option.Name))
            .Select(option => (Name: s_renamed.GetValueOrDefault(option.Name, option.Name), option.Value))
            .DistinctBy(option => option.Name);

    /// <summary>Reads the file of a run folder.</summary>
    public static ReportedRun Read(string runFolder)
    {
        string file = Path.Combine(runFolder, RunFolder.OptionsFile);
        var (recorded, problem) = ReadRecord(file);
        return new(
            problem is null ? OptionsOf(recorded) : [(RunFolder.OptionsFile, problem)],
            RecipeNames.Of(JsonObject.Create(recorded), file),
            HistoryOf(recorded)
        );
    }

    /// <summary>A recorded value as text; null where it is not set.</summary>
    public string? Value(string name) => _recorded.FirstOrDefault(option => option.Name == name).Value;

    /// <summary>A recorded number; null where there is none.</summary>
    public int? Number(string name) =>
        int.TryParse(Value(name), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    private static string[] HistoryOf(JsonElement recorded)
    {
        try
        {
            return
            [
                .. recorded
                    .GetProperty(RunHistory.Name)
                    .EnumerateArray()
                    .Select(entry =>
                        RunHistory.Describe(
                            entry.GetProperty("step").GetInt64(),
                            entry.GetProperty("change").GetString()!,
                            entry.GetProperty("from").GetString(),
                            entry.GetProperty("to").GetString()!
                        )
                    ),
            ];
        }
        catch (Exception exception)
            when (exception is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            // None, or not as we write it.
            return [];
        }
    }

    // The object in options.json: an empty one where there is none, or a problem, in words, where it cannot be read.
    private static (JsonElement Recorded, string? Problem) ReadRecord(string file)
    {
        var none = JsonElement.Parse("{}");
        if (!File.Exists(file))
            return (none, null);
        try
        {
            var recorded = JsonElement.Parse(RegularFile.ReadText(file));
            return recorded.ValueKind == JsonValueKind.Object ? (recorded, null) : (none, "not a JSON object");
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            return (none, exception.Message);
        }
    }

    // The run's own members, then its options, then the names of its networks. What is not set is left out.
    private static List<(string Name, string Value)> OptionsOf(JsonElement recorded)
    {
        var options = new List<(string, string)>();
        foreach (var member in recorded.EnumerateObject())
        {
            if (member.Value.ValueKind != JsonValueKind.Object)
                Add(member.Name, member.Value);
            else if (member.Name == "options")
                foreach (var option in member.Value.EnumerateObject())
                    Add(option.Name, option.Value);
            else
                foreach (var inner in member.Value.EnumerateObject())
                    Add(inner.Name.Replace('_', ' ') + " network", NameOf(inner.Value));
        }
        return options;

        void Add(string name, JsonElement value)
        {
            if (value.ValueKind == JsonValueKind.String)
                options.Add((name, value.GetString()!));
            else if (value.ValueKind != JsonValueKind.Null)
                options.Add((name, value.GetRawText()));
        }
    }

    private static JsonElement NameOf(JsonElement network) =>
        network.ValueKind == JsonValueKind.Object && network.TryGetProperty("name", out var name) ? name : network;
}

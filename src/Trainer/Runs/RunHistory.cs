using System.Globalization;
using System.Text.Json.Nodes;
using MlNetImageTranslation.Evaluation;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// What was changed about a run since it began: the member <c>history</c> of options.json, which is there only where
/// something was.
/// </summary>
/// <param name="folder">The run's folder.</param>
/// <param name="found">What options.json says.</param>
internal sealed class RunHistory(RunFolder folder, JsonObject found)
{
    /// <summary>The member's name.</summary>
    public const string Name = "history";

    private readonly JsonArray _entries = found[Name] as JsonArray is { } before ? before.DeepClone().AsArray() : [];

    /// <summary>Whether an entry was added.</summary>
    public bool Grew { get; private set; }

    /// <summary>Adds an entry.</summary>
    /// <param name="change">What was changed: <c>epochs</c>, <c>folder</c> or <c>files</c>.</param>
    /// <param name="from">What it was.</param>
    /// <param name="to">What it is now.</param>
    public void Add(string change, string? from, string to)
    {
        var state = folder.Checkpoints.OpenNewest(null, setAside: false, _ => { })?.State;
        _entries.Add(
            new JsonObject
            {
                ["step"] = state?.Step ?? 0,
                ["epoch"] = state?.Epoch ?? 0,
                ["change"] = change,
                ["from"] = from,
                ["to"] = to,
            }
        );
        Grew = true;
    }

    /// <summary>Puts the entries into what options.json is to say.</summary>
    public void WriteTo(JsonObject document)
    {
        if (_entries.Count > 0)
            document[Name] = _entries.DeepClone();
    }

    /// <summary>An entry for people.</summary>
    public static string Describe(long step, string change, string? from, string to)
    {
        string what = change switch
        {
            "epochs" => "other epochs",
            "folder" => "training files moved",
            "files" => "training files changed",
            _ => change,
        };
        string values = from is null ? to : $"from {from} to {to}";
        return string.Create(CultureInfo.InvariantCulture, $"After step {step}, {what}: {values}");
    }
}

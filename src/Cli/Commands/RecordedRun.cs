using System.Text.Json;
using System.Text.Json.Nodes;
using MlNetImageTranslation.Trainer;

namespace MlNetImageTranslation.Cli;

/// <summary>What a run folder says about its run, as far as commands depend on it.</summary>
/// <param name="Trainer">The trainer's name, or null.</param>
internal sealed record RecordedRun(string? Trainer)
{
    /// <summary>Whether no network translates: images are searched for.</summary>
    public bool IsCoGan => Trainer == "cogan";

    /// <summary>Reads it; null where the folder holds no run, or one that cannot be read.</summary>
    public static RecordedRun? Find(string folder)
    {
        var run = new RunFolder(folder);
        if (!run.Exists)
            return null;
        try
        {
            var recorded = JsonNode.Parse(RegularFile.ReadText(run.Options));
            return new(recorded?["trainer"]?.GetValue<string>());
        }
        catch (Exception exception)
            when (exception is JsonException or FormatException or InvalidOperationException or IOException)
        {
            return null;
        }
    }
}

using System.Text.Json;
using MlNetImageTranslation.TestSupport;

[assembly: AssemblyFixture(typeof(MlNetImageTranslation.Weights.Tests.ReferenceCheckpoints))]

namespace MlNetImageTranslation.Weights.Tests;

/// <summary>PyTorch files with the reference's names, written once for all tests by Debian's PyTorch.</summary>
public sealed class ReferenceCheckpoints : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ReferenceCheckpoints()
    {
        WhyMissing = PythonOracle.WhyMissing("torch", "numpy");
        if (WhyMissing is not null)
            return;
        PythonOracle.Run(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Import", "make_checkpoints.py")),
            _folder.Path,
            PythonOracle.ModuleFolder
        );
        using var index = JsonDocument.Parse(File.ReadAllText(_folder.File("index.json")));
        Described = [.. index.RootElement.GetProperty("index").EnumerateArray().Select(entry => entry.Clone())];
        Refused = index
            .RootElement.GetProperty("refused")
            .EnumerateObject()
            .ToDictionary(
                file => file.Name,
                file => file.Value.EnumerateArray().Select(message => message.GetString()!).ToArray()
            );
    }

    public string? WhyMissing { get; }

    /// <summary>What is in every good file.</summary>
    public IReadOnlyList<JsonElement> Described { get; } = [];

    /// <summary>Files that must be refused and parts of the message.</summary>
    public IReadOnlyDictionary<string, string[]> Refused { get; } = new Dictionary<string, string[]>();

    public string Folder => _folder.Path;

    public string this[string file] => _folder.File(file);

    public void Dispose() => _folder.Dispose();
}

using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using MlNetImageTranslation.Transforms;

namespace ImageTranslation_Web.Translation;

/// <summary>The models of a folder. Each is loaded when it is first used and stays loaded: one engine serves all threads.</summary>
internal sealed class ModelStore : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<TranslationEngine>> _engines = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ModelEntry> _entries = new(StringComparer.Ordinal);

    public ModelStore(IOptions<TranslationSettings> settings) => Folder = settings.Value.ModelsFolder ?? Find("models");

    public string Folder { get; }

    public IReadOnlyList<ModelEntry> List() => !Directory.Exists(Folder) ? [] :
    [
        .. Directory.EnumerateFiles(Folder, "*.onnx", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(path => _entries.GetOrAdd(Path.GetFileNameWithoutExtension(path), name => Describe(name, path))),
    ];

    public bool Contains(string name) => List().Any(model => model.Name == name);

    /// <summary>The engine of a model that <see cref="Contains"/> knows.</summary>
    public TranslationEngine Open(string name) => _engines.GetOrAdd(name, _ => new(() => new TranslationEngine(PathOf(name)))).Value;

    public void Dispose()
    {
        foreach (var engine in _engines.Values.Where(engine => engine.IsValueCreated)) engine.Value.Dispose();
    }

    // Names come from outside: they are looked up among the files that are there, never made into a path.
    private string PathOf(string name) => Directory.EnumerateFiles(Folder, "*.onnx", SearchOption.AllDirectories).First(path => Path.GetFileNameWithoutExtension(path) == name);

    private ModelEntry Describe(string name, string path) => new(name, Open(name).Card?.Architecture, Math.Round(new FileInfo(path).Length / 1e6, 1));

    private static string Find(string folder)
    {
        for (var at = new DirectoryInfo(Environment.CurrentDirectory); at is not null; at = at.Parent)
            if (Directory.Exists(Path.Combine(at.FullName, folder))) return Path.Combine(at.FullName, folder);
        return Path.GetFullPath(folder);
    }
}

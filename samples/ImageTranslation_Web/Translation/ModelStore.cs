using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using MlNetImageTranslation.Export;
using MlNetImageTranslation.Transforms;

namespace ImageTranslation_Web.Translation;

/// <summary>
/// The models of a folder. Each is loaded when it is first used and stays loaded: one engine serves all threads.
/// </summary>
internal sealed class ModelStore(IOptions<TranslationSettings> settings, ILogger<ModelStore> log) : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<TranslationEngine>> _engines = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ModelEntry?> _entries = new(StringComparer.Ordinal);

    public string Folder { get; } = settings.Value.ModelsFolder ?? Find("models");

    /// <summary>
    /// What there is, in the order of their names. Only the files' structure is read; none is loaded.
    /// </summary>
    public IReadOnlyList<ModelEntry> List() =>
        [.. Files().Select(file => _entries.GetOrAdd(file, Describe)).OfType<ModelEntry>()];

    public bool Contains(string name) => List().Any(model => model.Name == name);

    /// <summary>The engine of a model that <see cref="Contains"/> knows.</summary>
    // Names come from outside: they are looked up among the files that are there, never made into a path.
    public TranslationEngine Open(string name) =>
        _engines
            .GetOrAdd(
                name,
                _ =>
                    new(() =>
                        new TranslationEngine(Files().First(file => Path.GetFileNameWithoutExtension(file) == name))
                    )
            )
            .Value;

    public void Dispose()
    {
        foreach (var engine in _engines.Values.Where(engine => engine.IsValueCreated))
            engine.Value.Dispose();
    }

    private IEnumerable<string> Files() =>
        Directory.Exists(Folder)
            ? Directory.EnumerateFiles(Folder, "*.onnx", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            : [];

    private ModelEntry? Describe(string file)
    {
        try
        {
            var card = OnnxModelInfo.Read(file).Card;
            return new(
                Path.GetFileNameWithoutExtension(file),
                card?.Architecture,
                card?.Provenance?.Trainer,
                Math.Round(new FileInfo(file).Length / 1e6, 1)
            );
        }
        catch (FormatException exception)
        {
            log.LogWarning("{Problem}", exception.Message);
            return null;
        }
    }

    private static string Find(string folder)
    {
        for (var at = new DirectoryInfo(Environment.CurrentDirectory); at is not null; at = at.Parent)
            if (Directory.Exists(Path.Combine(at.FullName, folder)))
                return Path.Combine(at.FullName, folder);
        return Path.GetFullPath(folder);
    }
}

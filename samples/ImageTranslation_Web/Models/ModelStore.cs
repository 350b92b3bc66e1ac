using Microsoft.Extensions.Options;
using MlNetImageTranslation.Export;

namespace ImageTranslation_Web;

/// <summary>
/// The models of a folder. Each is loaded when it is first used and stays loaded while its file is the same: one engine
/// serves all threads. Files come, go and change while the program runs; one that cannot be read concerns nobody else.
/// </summary>
internal sealed class ModelStore(IOptions<TranslationSettings> settings, TimeProvider time, ILogger<ModelStore> log)
    : IDisposable
{
    /// <summary>What failed is tried again when its file has changed, or after so long.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, StoredModel> _models = new(StringComparer.Ordinal);

    public string Folder { get; } = settings.Value.ModelsFolder ?? Find("models");

    /// <summary>
    /// What there is: models with sample images first, then by name. Only the files' structure is read; none is loaded.
    /// </summary>
    public IReadOnlyList<ModelEntry> List()
    {
        lock (_lock)
        {
            LookAgain();
            return
            [
                .. _models
                    .Values.Select(model => model.Entry)
                    .OfType<ModelEntry>()
                    .Select(entry => entry with { Samples = SampleImages.Of(Folder, entry.Name).Count })
                    .OrderBy(entry => entry.Samples == 0)
                    .ThenBy(entry => entry.Name, StringComparer.Ordinal),
            ];
        }
    }

    /// <summary>A model's engine, to be disposed after use; null where there is no such model.</summary>
    /// <exception cref="Refusal">The file cannot be loaded.</exception>
    // Names come from outside: they are looked up among the files that are there, never made into a path.
    public RentedEngine? Rent(string name)
    {
        StoredModel? model;
        lock (_lock)
        {
            LookAgain();
            model = _models.GetValueOrDefault(name);
        }
        return model?.Rent(time.GetUtcNow(), Patience);
    }

    public void Dispose()
    {
        foreach (var model in _models.Values)
            model.Retire();
    }

    private void LookAgain()
    {
        var now = time.GetUtcNow();
        var files = ModelFile.List(Folder).ToDictionary(file => file.Name, StringComparer.Ordinal);
        foreach (var model in _models.Values.ToArray())
        {
            var isSame = files.GetValueOrDefault(model.File.Name) == model.File;
            if (isSame && (model.Entry is not null || now - model.Seen < Patience))
                continue;
            _models.Remove(model.File.Name);
            model.Retire();
        }
        foreach (var (name, file) in files)
            if (!_models.ContainsKey(name))
                _models.Add(name, new(file, Describe(file), now));
    }

    private ModelEntry? Describe(ModelFile file)
    {
        try
        {
            var card = OnnxModelInfo.Read(file.Target).Card;
            return new(
                file.Name,
                settings.Value.Descriptions.GetValueOrDefault(file.Name) ?? ModelNames.Describe(file.Name),
                card?.Architecture,
                card?.Provenance?.Recipe ?? card?.Provenance?.Trainer,
                card?.Provenance?.DataSet,
                card?.TrainingSize?.ToString(),
                Math.Round(file.Length / 1e6, 1),
                0
            );
        }
        // Whatever is wrong with one file, the others are served.
        catch (Exception exception)
        {
            log.LogWarning("Model '{File}' is left out: {Problem}", file.Path, exception.Message);
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

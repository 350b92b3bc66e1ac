using MlNetImageTranslation.Trainer;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Cli;

/// <summary>A snapshot of a run's generator, exported to a temporary file and loaded.</summary>
internal sealed class SnapshotModel : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".onnx");
    private readonly TranslationEngine _engine;

    public SnapshotModel(string run, string generator, string epoch, TranslationEngineOptions options)
    {
        try
        {
            new RunFolder(run).Export(_file, epoch, generator: generator);
            _engine = EngineArguments.Load(_file, options);
        }
        catch
        {
            File.Delete(_file);
            throw;
        }
        Model = new($"{generator}, epoch {epoch}", _engine);
    }

    public EvaluatedModel Model { get; }

    public void Dispose()
    {
        _engine.Dispose();
        File.Delete(_file);
    }
}

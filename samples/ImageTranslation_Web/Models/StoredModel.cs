using MlNetImageTranslation.Transforms;

namespace ImageTranslation_Web;

/// <summary>
/// One state of a model's file: described when it is first seen, loaded when it is first used, and freed when the file
/// has changed and the last translation with it has ended.
/// </summary>
internal sealed class StoredModel(ModelFile file, ModelEntry? entry, DateTimeOffset seen)
{
    private readonly Lock _lock = new();
    private TranslationEngine? _engine;
    private Exception? _failure;
    private DateTimeOffset _failed;
    private int _users;
    private bool _retired;

    public ModelFile File => file;

    /// <summary>How it is listed; null where the file could not be read.</summary>
    public ModelEntry? Entry => entry;

    /// <summary>When its file was looked at.</summary>
    public DateTimeOffset Seen => seen;

    /// <summary>The engine, for one user until it is disposed.</summary>
    /// <param name="now">The time.</param>
    /// <param name="patience">How long after a failure loading is tried again.</param>
    public RentedEngine Rent(DateTimeOffset now, TimeSpan patience)
    {
        // One loads, others of this model wait.
        lock (_lock)
        {
            if (_failure is not null && now - _failed < patience)
                throw Failed(_failure);
            try
            {
                _engine ??= new TranslationEngine(file.Target);
                _failure = null;
            }
            catch (Exception exception)
            {
                _failure = exception;
                _failed = now;
                throw Failed(exception);
            }
            _users++;
            return new(_engine, file, Return);
        }
    }

    /// <summary>Frees the engine as soon as nobody uses it.</summary>
    public void Retire()
    {
        lock (_lock)
        {
            _retired = true;
            FreeIfUnused();
        }
    }

    private Refusal Failed(Exception cause) =>
        new(
            StatusCodes.Status500InternalServerError,
            $"Model '{file.Name}' cannot be loaded; the server's log says why.",
            cause
        );

    private void Return()
    {
        lock (_lock)
        {
            _users--;
            FreeIfUnused();
        }
    }

    private void FreeIfUnused()
    {
        if (!_retired || _users > 0)
            return;
        _engine?.Dispose();
        _engine = null;
    }
}

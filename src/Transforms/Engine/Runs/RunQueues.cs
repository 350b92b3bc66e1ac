namespace MlNetImageTranslation.Transforms;

/// <summary>
/// The queues of an engine, its third stage. One session on all threads is quickest for one image, a run on each thread
/// for many: <see cref="TranslationScheduling.Auto"/> keeps both, the second made when it is first needed.
/// </summary>
internal sealed class RunQueues : IDisposable
{
    private const int GpuBatch = 8;

    private readonly OpenedModel _opened;
    private readonly bool _hasTwo;
    private readonly Lock _gate = new();
    private BatchQueue? _many;
    private bool _disposed;

    public RunQueues(OpenedModel opened, TranslationEngineOptions options)
    {
        _opened = opened;
        bool onCpu = opened.Slots.Provider == ExecutionProviders.Cpu;
        BatchSize = opened.Model.Pixels.FixedBatch ?? options.BatchSize ?? (onCpu ? 1 : GpuBatch);
        Single = new(opened.Slots, opened.Model, BatchSize, opened.Sizes.Scale);
        _hasTwo =
            options.Scheduling == TranslationScheduling.Auto
            && options.ParallelRuns is null
            && opened.Opener.Threads > 1
            && onCpu;
    }

    /// <summary>Images in a run.</summary>
    public int BatchSize { get; }

    /// <summary>The most runs at a time.</summary>
    public int ParallelRuns => _hasTwo ? _opened.Opener.Threads : _opened.Slots.ParallelRuns;

    /// <summary>For single images.</summary>
    public BatchQueue Single { get; }

    /// <summary>For many images.</summary>
    /// <exception cref="ObjectDisposedException">The engine was disposed.</exception>
    public BatchQueue Many()
    {
        if (!_hasTwo)
            return Single;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(TranslationEngine));
            return _many ??= new(
                _opened.Opener.OpenPool(_opened.Opener.Threads),
                _opened.Model,
                BatchSize,
                _opened.Sizes.Scale
            );
        }
    }

    /// <summary>Waits for the runs under way; none begins after this.</summary>
    public void Dispose()
    {
        lock (_gate)
            _disposed = true;
        _opened.Slots.Dispose();
        _many?.Slots.Dispose();
    }
}

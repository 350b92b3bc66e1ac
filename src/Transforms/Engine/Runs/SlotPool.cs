using System.Collections.Concurrent;

namespace MlNetImageTranslation.Transforms;

/// <summary>A session with as many slots as runs may go at a time. Disposing waits for the runs under way.</summary>
internal sealed class SlotPool : IDisposable
{
    private readonly IModelSession _session;
    private readonly EngineModel _model;
    private readonly ConcurrentStack<RunSlot> _idle = [];
    private readonly SemaphoreSlim _permits;
    private volatile bool _disposed;

    /// <param name="session">Runs the model; disposed with the pool.</param>
    /// <param name="model">The model.</param>
    /// <param name="parallelRuns">The most runs at a time.</param>
    public SlotPool(IModelSession session, EngineModel model, int parallelRuns)
    {
        _session = session;
        _model = model;
        ParallelRuns = parallelRuns;
        _permits = new(parallelRuns, parallelRuns);
    }

    /// <summary>ONNX Runtime's name of what runs the model.</summary>
    public string Provider => _session.Provider;

    public int ParallelRuns { get; }

    /// <summary>
    /// Does <paramref name="work"/> with a slot that nobody else uses meanwhile; waits for one where all are busy.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The engine was disposed.</exception>
    public T Use<T>(Func<RunSlot, T> work, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, typeof(TranslationEngine));
        _permits.Wait(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(TranslationEngine));
            if (!_idle.TryPop(out var slot))
                slot = new(_session, _model);
            try
            {
                return work(slot);
            }
            finally
            {
                _idle.Push(slot);
            }
        }
        finally
        {
            _permits.Release();
        }
    }

    public void Dispose()
    {
        lock (_permits)
        {
            if (_disposed)
                return;
            _disposed = true;
        }
        for (int i = 0; i < ParallelRuns; i++)
            _permits.Wait();
        while (_idle.TryPop(out var slot))
            slot.Dispose();
        _session.Dispose();
        // Waiting callers wake up, see the flag and leave.
        _permits.Release(ParallelRuns);
    }
}

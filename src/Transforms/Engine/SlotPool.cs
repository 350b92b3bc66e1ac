using System.Collections.Concurrent;
using Microsoft.ML.OnnxRuntime;

namespace MlNetImageTranslation.Transforms;

/// <summary>A session with as many slots as runs may go at a time. Disposing waits for the runs under way.</summary>
internal sealed class SlotPool : IDisposable
{
    private readonly InferenceSession _session;
    private readonly EngineModel _model;
    private readonly OrtAllocator? _pageLocked;
    private readonly ConcurrentStack<RunSlot> _idle = [];
    private readonly SemaphoreSlim _permits;
    private volatile bool _disposed;

    public SlotPool(EngineModel model, TranslationEngineOptions options, int parallelRuns, int threadsPerRun)
    {
        _model = model;
        (_session, Provider) = SessionFactory.Create(model, options, threadsPerRun);
        if (Provider == SessionFactory.Cuda)
            _pageLocked = SessionFactory.PageLockedMemory(_session, options);
        // A run on each thread is a way to spend a CPU; a GPU gets one at a time, unless another number was asked for.
        ParallelRuns = Provider == SessionFactory.Cpu || options.ParallelRuns is not null ? parallelRuns : 1;
        _permits = new(ParallelRuns, ParallelRuns);
    }

    /// <summary>ONNX Runtime's name of what runs the model.</summary>
    public string Provider { get; }

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
                slot = new(_session, _model, _pageLocked ?? OrtAllocator.DefaultInstance);
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
        _pageLocked?.Dispose();
        _session.Dispose();
        // Waiting callers wake up, see the flag and leave.
        _permits.Release(ParallelRuns);
    }
}

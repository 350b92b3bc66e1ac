using System.Collections.Concurrent;
using TorchSharp;

namespace MlNetImageTranslation.Trainer;

/// <summary>A thread that runs parts of training steps, with a number of torch's threads of its own.</summary>
internal sealed class Lane : IDisposable
{
    private readonly BlockingCollection<Action> _parts = [];
    private readonly Thread _thread;

    /// <summary>Starts the thread.</summary>
    /// <param name="threads">How many threads torch's operators have in it.</param>
    public Lane(int threads)
    {
        _thread = new(() => Work(threads)) { IsBackground = true, Name = "training lane" };
        _thread.Start();
    }

    /// <summary>Runs a part after those before it.</summary>
    /// <param name="part">It makes tensors in a dispose scope of its own.</param>
    /// <returns>The part's results, which belong to no dispose scope.</returns>
    public Task<Tensor[]> Run(Func<Tensor[]> part)
    {
        var result = new TaskCompletionSource<Tensor[]>();
        _parts.Add(() =>
        {
            try
            {
                // When the caller goes on, all else is freed.
                result.SetResult(InScope(part));
            }
            catch (Exception exception)
            {
                result.SetException(exception);
            }
        });
        return result.Task;
    }

    /// <summary>Ends the thread after the parts it was given.</summary>
    public void Dispose()
    {
        _parts.CompleteAdding();
        _thread.Join();
        _parts.Dispose();
    }

    private static Tensor[] InScope(Func<Tensor[]> part)
    {
        using var scope = torch.NewDisposeScope();
        var tensors = part();
        scope.Detach(tensors);
        return tensors;
    }

    private void Work(int threads)
    {
        torch.set_num_threads(threads);
        foreach (var part in _parts.GetConsumingEnumerable())
            part();
    }
}

using TorchSharp;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Runs two parts of a step that need nothing of each other: on a CPU side by side, each on half of the threads. Threads
/// that share an operator wait for each other at its end, and for a core that another process holds; two lanes wait
/// once a part.
/// </summary>
internal sealed class Lanes : IDisposable
{
    private readonly bool _cpu;
    private (Lane First, Lane Second)? _lanes;

    /// <summary>Lanes for a device; on a GPU, parts run one after the other.</summary>
    public Lanes(Device device) => _cpu = device.type == DeviceType.CPU;

    /// <summary>Runs two parts.</summary>
    /// <param name="together">Whether they may run at the same time. Both may add to the same gradients, if these are
    /// empty before: a sum of two does not depend on the order.</param>
    /// <param name="first">The part that runs first, where they run one after the other.</param>
    /// <param name="second">The other one.</param>
    /// <returns>What they return, in the current dispose scope. All other tensors that they make are freed.</returns>
    public (Tensor[] First, Tensor[] Second) Run(bool together, Func<Tensor[]> first, Func<Tensor[]> second)
    {
        int threads = torch.get_num_threads();
        if (!together || !_cpu || threads == 1)
            return (InScope(first), InScope(second));
        if (_lanes is not { } lanes)
        {
            lanes = new(new(threads - threads / 2), new(threads / 2));
            _lanes = lanes;
        }
        Task<Tensor[]> one = lanes.First.Run(first),
            other = lanes.Second.Run(second);
        // Nothing that a part may still be reading is freed because the other one failed.
        Task.WaitAny(Task.WhenAll(one, other));
        using var scope = torch.NewDisposeScope();
        Adopt(scope, one);
        Adopt(scope, other);
        Tensor[] firstResult = one.GetAwaiter().GetResult(),
            secondResult = other.GetAwaiter().GetResult();
        scope.MoveToOuter((IEnumerable<IDisposable>)[.. firstResult, .. secondResult]);
        return (firstResult, secondResult);
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose()
    {
        _lanes?.First.Dispose();
        _lanes?.Second.Dispose();
    }

    private static Tensor[] InScope(Func<Tensor[]> part)
    {
        using var scope = torch.NewDisposeScope();
        var tensors = part();
        scope.MoveToOuter(tensors);
        return tensors;
    }

    private static void Adopt(DisposeScope scope, Task<Tensor[]> part)
    {
        if (part.IsCompletedSuccessfully)
            scope.Attach(part.Result);
    }
}

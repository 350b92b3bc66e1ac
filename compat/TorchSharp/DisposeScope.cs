using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Owns the tensors that its thread makes while it is the innermost scope, and disposes them with itself.</summary>
public sealed class DisposeScope : IDisposable
{
    private DisposeScopeManager _manager;

    internal DisposeScope(DisposeScopeManager manager) => (_manager, OuterScope) = (manager, manager.CurrentDisposeScope);

    internal DisposeScope OuterScope { get; set; }

    internal HashSet<Tensor> Tensors { get; private set; } = new(ReferenceEqualityComparer.Instance);

    private DisposeScopeManager Manager => _manager ?? throw new ObjectDisposedException(typeof(DisposeScope).FullName);

    public IReadOnlyList<IDisposable> DisposablesView => Manager is null ? null : [.. Tensors];

    public int DisposablesCount => Manager is null ? 0 : Tensors.Count;

    public bool Contains(IDisposable disposable) => disposable is Tensor tensor && Tensors.Contains(tensor);

    public void Attach(IDisposable disposable) => Attach((IEnumerable<IDisposable>)[disposable]);

    public void Attach(params IDisposable[] disposables) => Attach((IEnumerable<IDisposable>)disposables);

    public IReadOnlyList<IDisposable> Attach(IEnumerable<IDisposable> disposables)
    {
        var manager = Manager;
        var attached = disposables.ToList();
        foreach (var disposable in attached) if (Take(TensorOf(disposable))) manager.Counts.AttachedToScopeCount++;
        return attached;
    }

    public T Detach<T>(T disposable) where T : IDisposable
    {
        Detach([disposable]);
        return disposable;
    }

    public (T1 first, T2 second) Detach<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable
    {
        Detach([first, second]);
        return (first, second);
    }

    public (T1 first, T2 second, T3 third) Detach<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable
    {
        Detach([first, second, third]);
        return (first, second, third);
    }

    public void Detach(params IDisposable[] disposables) => Detach((IEnumerable<IDisposable>)disposables);

    public void Detach(IEnumerable<IDisposable> disposables)
    {
        var manager = Manager;
        foreach (var disposable in disposables)
        {
            if (disposable is not Tensor tensor || !Tensors.Remove(tensor)) continue;
            tensor.OwningDisposeScope = null;
            manager.Counts.DetachedFromScopeCount++;
        }
    }

    public T MoveToOuter<T>(T disposable) where T : IDisposable => MoveToOther(OuterScope, disposable);

    public (T1 first, T2 second) MoveToOuter<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable =>
        MoveToOther(OuterScope, first, second);

    public (T1 first, T2 second, T3 third) MoveToOuter<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable => MoveToOther(OuterScope, first, second, third);

    public void MoveToOuter(params IDisposable[] disposables) => MoveToOuter((IEnumerable<IDisposable>)disposables);

    public void MoveToOuter(IEnumerable<IDisposable> disposables) => MoveToOther(OuterScope, disposables);

    public T MoveToOther<T>(DisposeScope? scope, T disposable) where T : IDisposable
    {
        MoveToOther(scope, [disposable]);
        return disposable;
    }

    public (T1 first, T2 second) MoveToOther<T1, T2>(DisposeScope? scope, T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable
    {
        MoveToOther(scope, [first, second]);
        return (first, second);
    }

    public (T1 first, T2 second, T3 third) MoveToOther<T1, T2, T3>(DisposeScope? scope, T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable
    {
        MoveToOther(scope, [first, second, third]);
        return (first, second, third);
    }

    public void MoveToOther(DisposeScope? scope, params IDisposable[] disposables) => MoveToOther(scope, (IEnumerable<IDisposable>)disposables);

    public void MoveToOther(DisposeScope? scope, IEnumerable<IDisposable> disposables)
    {
        _ = Manager;
        if (scope is null) Detach(disposables);
        else foreach (var disposable in disposables) if (disposable is Tensor tensor && Tensors.Contains(tensor)) scope.Take(tensor);
    }

    public void DisposeEverything() => DisposeEverythingBut((IEnumerable<IDisposable>)[]);

    public void DisposeEverythingBut(params IDisposable[] keep) => DisposeEverythingBut((IEnumerable<IDisposable>)keep);

    public void DisposeEverythingBut(IEnumerable<IDisposable> inKeep)
    {
        _ = Manager;
        var kept = new HashSet<Tensor>(inKeep.OfType<Tensor>(), ReferenceEqualityComparer.Instance);
        var all = Tensors;
        Tensors = kept;
        foreach (var tensor in all) if (!kept.Contains(tensor)) tensor.Dispose();
    }

    public T DisposeEverythingBut<T>(T keep) where T : IDisposable
    {
        DisposeEverythingBut([keep]);
        return keep;
    }

    public (T1 first, T2 second) DisposeEverythingBut<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable
    {
        DisposeEverythingBut([first, second]);
        return (first, second);
    }

    public (T1 first, T2 second, T3 third) DisposeEverythingBut<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable
    {
        DisposeEverythingBut([first, second, third]);
        return (first, second, third);
    }

    public void MarkAsDisposed(IDisposable disposable)
    {
        _ = Manager;
        if (disposable is not Tensor tensor) return;
        Tensors.Remove(tensor);
        tensor.OwningDisposeScope = null;
    }

    public void Dispose()
    {
        if (_manager is null) return;
        DisposeEverything();
        _manager.Leave(this);
        _manager = null;
    }

    /// <summary>Puts another tensor into the place of one that gave its handle away.</summary>
    internal static void Replace(Tensor original, Tensor replacement)
    {
        if (original.OwningDisposeScope is not { } scope || !scope.Tensors.Remove(original)) return;
        original.OwningDisposeScope = null;
        scope.Take(replacement);
    }

    private bool Take(Tensor tensor)
    {
        if (tensor.OwningDisposeScope == this) return false;
        tensor.OwningDisposeScope?.Tensors.Remove(tensor);
        Tensors.Add(tensor);
        tensor.OwningDisposeScope = this;
        return true;
    }

    private static Tensor TensorOf(IDisposable disposable) =>
        disposable as Tensor ?? throw new InvalidOperationException("DisposeScope can only manage Tensor or PackedSequence");
}

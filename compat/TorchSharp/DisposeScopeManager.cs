namespace TorchSharp;

/// <summary>The dispose scopes of one thread.</summary>
public class DisposeScopeManager
{
    [ThreadStatic] private static DisposeScopeManager t_ofThread;

    internal static DisposeScopeManager OfThread => t_ofThread ??= new DisposeScopeManager();

    public static ThreadDisposeScopeStatistics Statistics => OfThread.Counts;

    internal ThreadDisposeScopeStatistics Counts { get; } = new();

    internal DisposeScope CurrentDisposeScope { get; private set; }

    internal DisposeScope Enter() => CurrentDisposeScope = new DisposeScope(this);

    internal DisposeScope Register(torch.Tensor tensor)
    {
        if (CurrentDisposeScope is null)
        {
            Counts.CreatedOutsideScopeCount++;
            return null;
        }
        Counts.CreatedInScopeCount++;
        CurrentDisposeScope.Tensors.Add(tensor);
        return CurrentDisposeScope;
    }

    internal void Disposing(torch.Tensor tensor)
    {
        if (tensor.OwningDisposeScope is null) Counts.DisposedOutsideScopeCount++;
        else Counts.DisposedInScopeCount++;
    }

    /// <summary>Takes a scope out of the chain, also one that is not the innermost.</summary>
    internal void Leave(DisposeScope scope)
    {
        if (CurrentDisposeScope == scope)
        {
            CurrentDisposeScope = scope.OuterScope;
            return;
        }
        for (var inner = CurrentDisposeScope; inner is not null; inner = inner.OuterScope)
        {
            if (inner.OuterScope != scope) continue;
            inner.OuterScope = scope.OuterScope;
            return;
        }
    }
}

public static partial class torch
{
    public static DisposeScope NewDisposeScope() => DisposeScopeManager.OfThread.Enter();

    public static DisposeScope? CurrentDisposeScope => DisposeScopeManager.OfThread.CurrentDisposeScope;

    public static Tensor WrappedTensorDisposeScope(Func<Tensor> expr)
    {
        using var scope = NewDisposeScope();
        return expr().MoveToOuterDisposeScope();
    }
}

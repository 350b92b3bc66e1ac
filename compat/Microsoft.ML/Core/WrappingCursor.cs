namespace Microsoft.ML.Data;

/// <summary>A cursor that moves with another one.</summary>
internal abstract class WrappingCursor(DataViewRowCursor input) : DataViewRowCursor
{
    private bool _disposed;

    protected DataViewRowCursor Input { get; } = input;

    public sealed override long Position => Input.Position;

    public sealed override long Batch => Input.Batch;

    public sealed override bool MoveNext() => Input.MoveNext();

    public sealed override ValueGetter<DataViewRowId> GetIdGetter() => Input.GetIdGetter();

    protected sealed override void Dispose(bool disposing)
    {
        if (_disposed) return;
        _disposed = true;
        if (disposing)
        {
            DisposeOwn();
            Input.Dispose();
        }
        base.Dispose(disposing);
    }

    protected virtual void DisposeOwn() { }
}

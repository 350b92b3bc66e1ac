namespace Microsoft.ML.Data;

/// <summary>A row over another row, which it disposes.</summary>
internal abstract class WrappingRow(DataViewRow input) : DataViewRow
{
    private bool _disposed;

    protected DataViewRow Input { get; } = input;

    public sealed override long Position => Input.Position;

    public sealed override long Batch => Input.Batch;

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

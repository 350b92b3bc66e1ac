namespace Microsoft.ML.Data;

internal sealed class SplitCursor(SplitSource source) : BatchCursor(source.Schema)
{
    private bool _disposed;

    public override long Batch => Current?.Number ?? 0;

    public override bool IsColumnActive(DataViewSchema.Column column) => source.IsActive(column.Index);

    protected override RowBatch NextBatch() => source.TakeBatch();

    protected override void Dispose(bool disposing)
    {
        if (_disposed) return;
        _disposed = true;
        source.Release();
        base.Dispose(disposing);
    }
}

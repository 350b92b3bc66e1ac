namespace Microsoft.ML.Data;

/// <summary>The shared end of split cursors: hands out numbered batches and disposes the input with the last cursor.</summary>
internal sealed class SplitSource
{
    private readonly DataViewRowCursor _input;
    private readonly bool[] _active;
    private readonly Action<RowBatch> _record;
    private readonly object _lock = new();
    private int _users;
    private long _next;
    private bool _ended;

    public SplitSource(DataViewRowCursor input, int users)
    {
        _input = input;
        _users = users;
        _active = input.Schema.Select(input.IsColumnActive).ToArray();
        _record = RowBatch.RecorderOf(input, _active);
    }

    public DataViewSchema Schema => _input.Schema;

    public bool IsActive(int column) => _active[column];

    public RowBatch TakeBatch()
    {
        lock (_lock)
        {
            if (_ended) return null;
            var batch = new RowBatch(_next++, Schema, _active);
            while (batch.Count < RowBatch.MaxRows && (_ended = !_input.MoveNext()) == false) _record(batch);
            return batch.Count == 0 ? null : batch;
        }
    }

    public void Release()
    {
        lock (_lock)
        {
            if (--_users == 0) _input.Dispose();
        }
    }
}

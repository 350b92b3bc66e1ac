using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A cursor over batches of copied rows.</summary>
internal abstract class BatchCursor(DataViewSchema schema) : DataViewRowCursor
{
    private RowBatch _batch;
    private int _row;
    private long _position = -1;
    private bool _ended;

    public sealed override DataViewSchema Schema => schema;

    public sealed override long Position => _position;

    protected RowBatch Current => _batch;

    protected abstract RowBatch NextBatch();

    public sealed override bool MoveNext()
    {
        if (_ended) return false;
        if (_batch == null || ++_row >= _batch.Count)
        {
            _batch = NextBatch();
            _row = 0;
        }
        if (_batch != null)
        {
            _position++;
            return true;
        }
        _ended = true;
        _position = -1;
        return false;
    }

    public sealed override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        Contracts.Check(IsColumnActive(column), $"Column '{column.Name}' is not active in this cursor.");
        if (typeof(TValue) != schema[column.Index].Type.RawType)
            throw Contracts.Except($"Invalid TValue in GetGetter: '{typeof(TValue)}', expected type: '{schema[column.Index].Type.RawType}'.");
        return Cacheable.Copier(() => Checked().Value<TValue>(column.Index, _row));
    }

    public sealed override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = Checked().Id(_row);

    private RowBatch Checked()
    {
        Contracts.Check(_batch != null, "Values cannot be fetched at this time.");
        return _batch;
    }
}

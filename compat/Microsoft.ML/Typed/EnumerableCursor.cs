using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

internal sealed class EnumerableCursor<TRow> : DataViewRowCursor where TRow : class
{
    private readonly IEnumerator<TRow> _enumerator;
    private readonly Delegate[] _getters;
    private long _position = -1;
    private TRow _current;
    private bool _disposed;

    public EnumerableCursor(IEnumerable<TRow> data, DataViewSchema schema, TypedColumn[] columns, bool[] active)
    {
        _enumerator = data.GetEnumerator();
        Schema = schema;
        _getters = columns.Select((c, i) => active[i] ? ObjectGetters.Create(c, Current) : null).ToArray();
    }

    public override long Position => _position;

    public override long Batch => 0;

    public override DataViewSchema Schema { get; }

    private TRow Current()
    {
        Contracts.Check(_position >= 0, "Values cannot be fetched at this time. This method was called either before the first call to MoveNext(), or at any point after that method returned false.");
        return _current;
    }

    public override bool MoveNext()
    {
        if (_disposed) return false;
        if (!_enumerator.MoveNext())
        {
            Dispose();
            return false;
        }
        _current = _enumerator.Current;
        Contracts.Check(_current != null, "Encountered null when iterating over data, this is not supported.");
        _position++;
        return true;
    }

    public override bool IsColumnActive(DataViewSchema.Column column) => _getters[column.Index] != null;

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        Contracts.CheckParam(column.Index < _getters.Length && IsColumnActive(column), nameof(column), "requested column not active");
        return Getters.Cast<TValue>(_getters[column.Index]);
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) =>
    {
        Current();
        value = new DataViewRowId((ulong)_position, 0);
    };

    protected override void Dispose(bool disposing)
    {
        if (_disposed) return;
        _disposed = true;
        _position = -1;
        _current = null;
        _enumerator.Dispose();
        base.Dispose(disposing);
    }
}

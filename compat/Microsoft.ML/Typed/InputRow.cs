using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>One row whose values come from the object set last; each new object is a new position.</summary>
internal sealed class InputRow<TRow> : DataViewRow where TRow : class
{
    private readonly Delegate[] _getters;
    private TRow _value;
    private long _position = -1;

    public InputRow(TypedColumn[] columns)
    {
        Schema = TypedColumn.SchemaOf(columns);
        _getters = columns.Select(c => ObjectGetters.Create(c, Current)).ToArray();
    }

    public override long Position => _position;

    public override long Batch => 0;

    public override DataViewSchema Schema { get; }

    public void Set(TRow value)
    {
        _value = Contracts.CheckValue(value, "row");
        _position++;
    }

    private TRow Current()
    {
        Contracts.Check(_position >= 0, "Values cannot be fetched at this time.");
        return _value;
    }

    public override bool IsColumnActive(DataViewSchema.Column column) => true;

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => Getters.Cast<TValue>(_getters[column.Index]);

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = new DataViewRowId((ulong)_position, 0);
}

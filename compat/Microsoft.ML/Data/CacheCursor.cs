using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

internal sealed class CacheCursor(DataViewSchema schema, bool[] active, Array[] columns, DataViewRowId[] ids, int[] order) : DataViewRowCursor
{
    private int _position = -1;

    public override long Position => _position < order.Length ? _position : -1;

    public override long Batch => 0;

    public override DataViewSchema Schema => schema;

    private int Row
    {
        get
        {
            Contracts.Check(_position >= 0 && _position < order.Length, "Values cannot be fetched at this time.");
            return order[_position];
        }
    }

    public override bool MoveNext() => _position < order.Length && ++_position < order.Length;

    public override bool IsColumnActive(DataViewSchema.Column column) => active[column.Index];

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        Contracts.Check(IsColumnActive(column), $"Column '{column.Name}' is not active in this cursor.");
        if (columns[column.Index] is not TValue[] values) throw Contracts.Except($"Invalid TValue in GetGetter: '{typeof(TValue)}', expected type: '{column.Type.RawType}'.");
        return Cacheable.Copier(() => values[Row]);
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = ids[Row];
}

namespace Microsoft.ML.Data;

/// <summary>The objects of an enumerable as rows; each cursor enumerates anew.</summary>
internal sealed class EnumerableDataView<TRow> : IDataView where TRow : class
{
    private readonly IEnumerable<TRow> _data;
    private readonly TypedColumn[] _columns;

    public EnumerableDataView(IEnumerable<TRow> data, TypedColumn[] columns)
    {
        _data = data;
        _columns = columns;
        Schema = TypedColumn.SchemaOf(columns);
    }

    public bool CanShuffle => false;

    public DataViewSchema Schema { get; }

    public long? GetRowCount() => (_data as ICollection<TRow>)?.Count;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
        => new EnumerableCursor<TRow>(_data, Schema, _columns, ActiveSet.Of(Schema, columnsNeeded));

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
        => [GetRowCursor(columnsNeeded, rand)];
}

using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Some columns of a view, as a view and as a mapper.</summary>
internal sealed class SelectedColumns : IDataView, IRowToRowMapper
{
    private readonly IDataView _source;
    private readonly int[] _map;

    public SelectedColumns(IDataView source, ColumnSelectingTransformer transformer)
    {
        _source = source;
        _map = transformer.Map(source.Schema);
        OutputSchema = DataViewSchema.Of(_map.Select(i => new DataViewSchema.DetachedColumn(source.Schema[i])));
    }

    public bool CanShuffle => _source.CanShuffle;

    public DataViewSchema InputSchema => _source.Schema;

    public DataViewSchema OutputSchema { get; }

    DataViewSchema IDataView.Schema => OutputSchema;

    public long? GetRowCount() => _source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        var active = ActiveSet.Of(OutputSchema, columnsNeeded);
        return new Cursor(_source.GetRowCursor(InputsOf(active), rand), this, active);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
    {
        var active = ActiveSet.Of(OutputSchema, columnsNeeded);
        return _source.GetRowCursorSet(InputsOf(active), n, rand).Select(input => (DataViewRowCursor)new Cursor(input, this, active)).ToArray();
    }

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
        => InputsOf(ActiveSet.Of(OutputSchema, dependingColumns));

    // The real one does not look at the row's schema here, and neither does this.
    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns) => new Row(input, this);

    private DataViewSchema.Column[] InputsOf(bool[] active)
    {
        var needed = Enumerable.Range(0, _map.Length).Where(i => active[i]).Select(i => _map[i]).ToHashSet();
        return InputSchema.Where(c => needed.Contains(c.Index)).ToArray();
    }

    private sealed class Cursor(DataViewRowCursor input, SelectedColumns parent, bool[] active) : WrappingCursor(input)
    {
        public override DataViewSchema Schema => parent.OutputSchema;

        public override bool IsColumnActive(DataViewSchema.Column column) => active[column.Index];

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
            => Input.GetGetter<TValue>(Input.Schema[parent._map[column.Index]]);
    }

    private sealed class Row(DataViewRow input, SelectedColumns parent) : WrappingRow(input)
    {
        public override DataViewSchema Schema => parent.OutputSchema;

        public override bool IsColumnActive(DataViewSchema.Column column) => true;

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
            => Input.GetGetter<TValue>(Input.Schema[parent._map[column.Index]]);
    }
}

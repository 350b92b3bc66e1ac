using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A data view with the columns of a mapper added, and the row-to-row mapper of the same.</summary>
internal sealed class RowToRowMapperTransform : IDataView, IRowToRowMapper
{
    private readonly IDataView _source;
    private readonly RowMapper _mapper;
    private readonly ColumnBindings _bindings;

    public RowToRowMapperTransform(IDataView source, RowMapper mapper)
    {
        _source = source;
        _mapper = mapper;
        _bindings = new ColumnBindings(source.Schema, mapper.GetOutputColumns());
    }

    public bool CanShuffle => _source.CanShuffle;

    public DataViewSchema Schema => _bindings.Schema;

    public DataViewSchema InputSchema => _source.Schema;

    public DataViewSchema OutputSchema => _bindings.Schema;

    public long? GetRowCount() => _source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        var needed = columnsNeeded.ToArray();
        if (AnyAdded(needed) && ParallelCursors.TryCreate(this, needed, CanShuffle ? rand : null, out var parallel)) return parallel;
        var active = ActiveSet.Of(Schema, needed);
        return new MappedCursor(_source.GetRowCursor(InputsOf(active), rand), _bindings, _mapper, active);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
    {
        var needed = columnsNeeded.ToArray();
        var active = ActiveSet.Of(Schema, needed);
        var inputs = _source.GetRowCursorSet(InputsOf(active), n, rand);
        if (inputs.Length == 1 && n > 1 && AnyAdded(needed)) inputs = ParallelCursors.Split(inputs[0], n);
        return inputs.Select(input => (DataViewRowCursor)new MappedCursor(input, _bindings, _mapper, active)).ToArray();
    }

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
        => InputsOf(ActiveSet.Of(Schema, dependingColumns));

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        Contracts.CheckValue(input, nameof(input));
        Contracts.CheckValue(activeColumns, nameof(activeColumns));
        Contracts.Check(input.Schema == _source.Schema, "Schema of input row must be the same as the schema the mapper is bound to");
        return new MappedRow(input, _bindings, _mapper, ActiveSet.Of(Schema, activeColumns));
    }

    private bool AnyAdded(IEnumerable<DataViewSchema.Column> columns) => columns.Any(c => !_bindings.IsSource(c.Index, out _));

    private DataViewSchema.Column[] InputsOf(bool[] active)
    {
        var needed = _mapper.GetDependencies(i => active[_bindings.AddedColumnIndices[i]]);
        var passed = Enumerable.Range(0, active.Length).Where(i => active[i])
            .Select(i => _bindings.IsSource(i, out var source) ? source : -1).ToHashSet();
        return InputSchema.Where(c => passed.Contains(c.Index) || needed(c.Index)).ToArray();
    }
}

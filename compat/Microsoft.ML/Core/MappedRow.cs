namespace Microsoft.ML.Data;

internal sealed class MappedRow : WrappingRow
{
    private readonly ColumnBindings _bindings;
    private readonly Delegate[] _getters;
    private readonly Action _disposer;

    public MappedRow(DataViewRow input, ColumnBindings bindings, RowMapper mapper, bool[] active) : base(input)
    {
        _bindings = bindings;
        _getters = mapper.CreateGetters(input, i => active[bindings.AddedColumnIndices[i]], out _disposer);
    }

    public override DataViewSchema Schema => _bindings.Schema;

    public override bool IsColumnActive(DataViewSchema.Column column)
        => _bindings.IsSource(column.Index, out var index) ? Input.IsColumnActive(Input.Schema[index]) : _getters[index] != null;

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        => _bindings.IsSource(column.Index, out var index)
            ? Input.GetGetter<TValue>(Input.Schema[index])
            : Getters.Cast<TValue>(_getters[index]);

    protected override void DisposeOwn() => _disposer?.Invoke();
}

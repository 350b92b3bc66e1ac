using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

internal sealed class MappedCursor : WrappingCursor
{
    private readonly ColumnBindings _bindings;
    private readonly bool[] _active;
    private readonly Delegate[] _getters;
    private readonly Action _disposer;

    public MappedCursor(DataViewRowCursor input, ColumnBindings bindings, RowMapper mapper, bool[] active) : base(input)
    {
        _bindings = bindings;
        _active = active;
        _getters = mapper.CreateGetters(input, i => active[bindings.AddedColumnIndices[i]], out _disposer);
    }

    public override DataViewSchema Schema => _bindings.Schema;

    public override bool IsColumnActive(DataViewSchema.Column column) => _active[column.Index];

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        Contracts.Check(IsColumnActive(column), $"Column '{column.Name}' is not active in this cursor.");
        return _bindings.IsSource(column.Index, out var index)
            ? Input.GetGetter<TValue>(Input.Schema[index])
            : Getters.Cast<TValue>(_getters[index]);
    }

    protected override void DisposeOwn() => _disposer?.Invoke();
}

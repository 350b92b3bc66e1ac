using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>The mappers of a chain, one after the other.</summary>
internal sealed class CompositeRowToRowMapper : IRowToRowMapper
{
    private readonly IRowToRowMapper[] _mappers;

    public CompositeRowToRowMapper(DataViewSchema inputSchema, IRowToRowMapper[] mappers)
    {
        InputSchema = inputSchema;
        _mappers = mappers;
        OutputSchema = mappers.Length == 0 ? inputSchema : mappers[^1].OutputSchema;
    }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema OutputSchema { get; }

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
        => _mappers.Reverse().Aggregate(dependingColumns, (columns, mapper) => mapper.GetDependencies(columns));

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        Contracts.CheckValue(input, nameof(input));
        Contracts.CheckValue(activeColumns, nameof(activeColumns));
        Contracts.Check(input.Schema == InputSchema, "Schema for input row must be the same as the mapper's input schema");
        var active = new IEnumerable<DataViewSchema.Column>[_mappers.Length];
        for (var i = _mappers.Length - 1; i >= 0; i--)
        {
            active[i] = activeColumns.ToArray();
            activeColumns = _mappers[i].GetDependencies(active[i]);
        }
        var row = input;
        for (var i = 0; i < _mappers.Length; i++) row = _mappers[i].GetRow(row, active[i]);
        return row;
    }
}

using Microsoft.ML;
using Microsoft.ML.Data;

namespace MicrosoftML.Compat.Tests;

public sealed class RowMapperTests
{
    private readonly MLContext _ml = new();

    private static DataViewSchema SchemaOf(string name)
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumn(name, NumberDataViewType.Single);
        return builder.ToSchema();
    }

    private sealed class CountingRow(DataViewSchema schema) : DataViewRow
    {
        public int Calls { get; private set; }

        public override long Position => 0;

        public override long Batch => 5;

        public override DataViewSchema Schema => schema;

        public override bool IsColumnActive(DataViewSchema.Column column) => true;

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = new DataViewRowId(3, 4);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => (ValueGetter<TValue>)(Delegate)(ValueGetter<float>)((ref float value) =>
        {
            Calls++;
            value = 42;
        });
    }

    private ITransformer CopyTwice(DataViewSchema schema)
        => _ml.Transforms.CopyColumns("b", "a").Append(_ml.Transforms.CopyColumns("c", "b")).Fit(new EmptyView(schema));

    [Fact]
    public void Rows_must_carry_the_very_schema_the_mapper_was_made_for()
    {
        var schema = SchemaOf("a");
        var mapper = CopyTwice(schema).GetRowToRowMapper(schema);
        Assert.Same(mapper.OutputSchema, mapper.OutputSchema);
        Assert.Same(mapper.OutputSchema, mapper.GetRow(new CountingRow(schema), mapper.OutputSchema).Schema);
        Assert.Throws<InvalidOperationException>(() => mapper.GetRow(new CountingRow(SchemaOf("a")), mapper.OutputSchema));
    }

    [Fact]
    public void Getters_are_not_memoised_and_identity_passes_through()
    {
        var schema = SchemaOf("a");
        var mapper = CopyTwice(schema).GetRowToRowMapper(schema);
        var input = new CountingRow(schema);
        var row = mapper.GetRow(input, mapper.OutputSchema);
        var value = 0f;
        row.GetGetter<float>(mapper.OutputSchema["b"])(ref value);
        row.GetGetter<float>(mapper.OutputSchema["c"])(ref value);
        DataViewRowId id = default;
        row.GetIdGetter()(ref id);
        Assert.Equal((42f, 2, 5L, new DataViewRowId(3, 4)), (value, input.Calls, row.Batch, id));
    }

    [Fact]
    public void Dependencies_lead_back_through_the_chain()
    {
        var schema = SchemaOf("a");
        var mapper = CopyTwice(schema).GetRowToRowMapper(schema);
        Assert.Equal(["a"], mapper.GetDependencies([mapper.OutputSchema["c"]]).Select(c => c.Name));
        Assert.Empty(mapper.GetDependencies([]));
    }

    private sealed class EmptyView(DataViewSchema schema) : IDataView
    {
        public bool CanShuffle => true;

        public DataViewSchema Schema => schema;

        public long? GetRowCount() => 0;

        public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => throw new NotSupportedException();

        public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => throw new NotSupportedException();
    }
}

using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

public abstract class RowToRowTransformerBase : ITransformer
{
    private protected readonly IHost Host;

    private protected RowToRowTransformerBase(IHost host) => Host = host;

    bool ITransformer.IsRowToRowMapper => true;

    void ICanSaveModel.Save(ModelSaveContext ctx) => SaveModel(ctx);

    private protected abstract void SaveModel(ModelSaveContext ctx);

    private protected abstract RowMapper MakeRowMapper(DataViewSchema schema);

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
        => new ColumnBindings(Contracts.CheckValue(inputSchema, nameof(inputSchema)), MakeRowMapper(inputSchema).GetOutputColumns()).Schema;

    public IDataView Transform(IDataView input)
        => new RowToRowMapperTransform(Contracts.CheckValue(input, nameof(input)), MakeRowMapper(input.Schema));

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema)
        => new RowToRowMapperTransform(new EmptyDataView(Contracts.CheckValue(inputSchema, nameof(inputSchema))), MakeRowMapper(inputSchema));
}

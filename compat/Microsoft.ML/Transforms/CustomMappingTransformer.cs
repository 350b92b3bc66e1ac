using System.Text.Json.Nodes;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

public sealed class CustomMappingTransformer<TSrc, TDst> : ITransformer
    where TSrc : class, new()
    where TDst : class, new()
{
    private readonly Action<TSrc, TDst> _mapAction;
    private readonly string _contractName;

    internal CustomMappingTransformer(Action<TSrc, TDst> mapAction, string contractName,
        SchemaDefinition inputSchemaDefinition, SchemaDefinition outputSchemaDefinition)
    {
        _mapAction = Contracts.CheckValue(mapAction, nameof(mapAction));
        _contractName = contractName;
        InputSchemaDefinition = inputSchemaDefinition;
        AddedColumns = outputSchemaDefinition == null
            ? TypedColumn.Bind(typeof(TDst), SchemaDefinition.Direction.Write)
            : TypedColumn.Bind(typeof(TDst), outputSchemaDefinition);
    }

    internal SchemaDefinition InputSchemaDefinition { get; }

    internal TypedColumn[] AddedColumns { get; }

    bool ITransformer.IsRowToRowMapper => true;

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        Contracts.Check(_contractName != null, "Empty contract name for a transform: the transform cannot be saved");
        ctx.SetModel(CustomMappingLoader.Signature, new JsonObject
        {
            ["contract"] = _contractName,
            ["assembly"] = _mapAction.Method.DeclaringType.Assembly.FullName,
        });
    }

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
        => Map(new EmptyDataView(Contracts.CheckValue(inputSchema, nameof(inputSchema)))).OutputSchema;

    public IDataView Transform(IDataView input) => Map(Contracts.CheckValue(input, nameof(input)));

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema)
        => Map(new EmptyDataView(Contracts.CheckValue(inputSchema, nameof(inputSchema))));

    private RowToRowMapperTransform Map(IDataView input)
        => new(input, new CustomRowMapper<TSrc, TDst>(_mapAction, new RowReader<TSrc>(input.Schema, false, InputSchemaDefinition), AddedColumns, input.Schema));
}

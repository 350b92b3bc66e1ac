using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

public sealed class CustomMappingEstimator<TSrc, TDst> : TrivialEstimator<CustomMappingTransformer<TSrc, TDst>>
    where TSrc : class, new()
    where TDst : class, new()
{
    internal CustomMappingEstimator(IHostEnvironment env, Action<TSrc, TDst> mapAction, string contractName,
        SchemaDefinition inputSchemaDefinition, SchemaDefinition outputSchemaDefinition)
        : base(env.Register(nameof(CustomMappingEstimator<TSrc, TDst>)),
            new CustomMappingTransformer<TSrc, TDst>(mapAction, contractName, inputSchemaDefinition, outputSchemaDefinition)) { }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        var result = inputSchema.ToDictionary(c => c.Name);
        foreach (var wanted in TypedColumn.Bind(typeof(TSrc), Transformer.InputSchemaDefinition))
        {
            if (!result.TryGetValue(wanted.Name, out var column)) throw Contracts.ExceptSchemaMismatch(nameof(inputSchema), "input", wanted.Name);
            SchemaShape.GetColumnTypeShape(wanted.Type, out var kind, out var itemType, out var isKey);
            // By reference, as in ML.NET: an image column never matches here, whatever its size.
            if (!ReferenceEquals(itemType, column.ItemType) || isKey != column.IsKey || !Accepts(kind, column.Kind))
                throw Contracts.ExceptSchemaMismatch(nameof(inputSchema), "input", wanted.Name, wanted.Type.ToString(), column.GetTypeString());
        }
        foreach (var added in SchemaShape.Create(TypedColumn.SchemaOf(Transformer.AddedColumns))) result[added.Name] = added;
        return new SchemaShape(result.Values);
    }

    private static bool Accepts(SchemaShape.Column.VectorKind wanted, SchemaShape.Column.VectorKind actual)
        => wanted == actual || wanted == SchemaShape.Column.VectorKind.VariableVector && actual == SchemaShape.Column.VectorKind.Vector;
}

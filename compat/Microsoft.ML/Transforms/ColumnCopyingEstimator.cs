using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

public sealed class ColumnCopyingEstimator : TrivialEstimator<ColumnCopyingTransformer>
{
    internal ColumnCopyingEstimator(IHostEnvironment env, params (string outputColumnName, string inputColumnName)[] columns)
        : base(env.Register(nameof(ColumnCopyingEstimator)), new ColumnCopyingTransformer(env, columns)) { }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        var result = Contracts.CheckValue(inputSchema, nameof(inputSchema)).ToDictionary(c => c.Name);
        foreach (var (output, input) in Transformer.Columns)
        {
            if (!inputSchema.TryFindColumn(input, out var column)) throw Contracts.ExceptSchemaMismatch(nameof(inputSchema), "input", input);
            result[output] = new SchemaShape.Column(output, column.Kind, column.ItemType, column.IsKey, column.Annotations);
        }
        return new SchemaShape(result.Values);
    }
}

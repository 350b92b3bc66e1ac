using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

public sealed class ColumnSelectingEstimator : TrivialEstimator<ColumnSelectingTransformer>
{
    internal ColumnSelectingEstimator(IHostEnvironment env, string[] columnNames, bool keep, bool keepHidden)
        : base(env.Register(nameof(ColumnSelectingEstimator)), new ColumnSelectingTransformer(columnNames, keep, keepHidden)) { }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Contracts.CheckValue(inputSchema, nameof(inputSchema));
        Transformer.CheckColumns(inputSchema.Select(c => c.Name));
        return new SchemaShape(Transformer.Keep
            ? Transformer.ColumnNames.Select(name => inputSchema.First(c => c.Name == name))
            : inputSchema.Where(c => !Transformer.ColumnNames.Contains(c.Name)));
    }
}

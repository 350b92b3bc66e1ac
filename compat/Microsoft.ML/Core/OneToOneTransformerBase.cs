using System.Text.Json.Nodes;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

public abstract class OneToOneTransformerBase : RowToRowTransformerBase
{
    private protected readonly (string outputColumnName, string inputColumnName)[] ColumnPairs;

    private protected OneToOneTransformerBase(IHost host, params (string outputColumnName, string inputColumnName)[] columns) : base(host)
    {
        foreach (var (output, input) in columns)
        {
            Contracts.CheckNonEmpty(input, nameof(columns));
            Contracts.CheckNonEmpty(output, nameof(columns));
        }
        ColumnPairs = columns;
    }

    internal (string outputColumnName, string inputColumnName)[] Columns => ColumnPairs;

    private protected abstract void CheckInputColumn(DataViewSchema inputSchema, int col, int srcCol);

    /// <summary>The index of every input column, each checked.</summary>
    internal int[] BindInputs(DataViewSchema inputSchema)
        => ColumnPairs.Select((pair, i) =>
        {
            var column = inputSchema.GetColumnOrNull(pair.inputColumnName)
                ?? throw Contracts.ExceptSchemaMismatch(nameof(inputSchema), "input", pair.inputColumnName);
            CheckInputColumn(inputSchema, i, column.Index);
            return column.Index;
        }).ToArray();

    private protected JsonObject SaveColumns()
        => new() { ["columns"] = new JsonArray(ColumnPairs.Select(c => (JsonNode)new JsonArray(c.outputColumnName, c.inputColumnName)).ToArray()) };

    private protected static (string, string)[] LoadColumns(ModelLoadContext ctx)
        => ctx.Data["columns"].AsArray().Select(c => (c[0].GetValue<string>(), c[1].GetValue<string>())).ToArray();
}

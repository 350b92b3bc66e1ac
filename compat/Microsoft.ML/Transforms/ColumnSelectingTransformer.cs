using System.Text.Json.Nodes;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: ModelLoader(ColumnSelectingTransformer.Signature, typeof(ColumnSelectingTransformer))]

namespace Microsoft.ML.Transforms;

public sealed class ColumnSelectingTransformer : ITransformer
{
    internal const string Signature = "SelectColumnsTransform";

    internal ColumnSelectingTransformer(string[] columnNames, bool keep, bool keepHidden)
    {
        ColumnNames = Contracts.CheckValue(columnNames, keep ? "keepColumns" : "dropColumns");
        Contracts.CheckParam(columnNames.Length > 0, nameof(columnNames), "Must provide a list of columns to keep or to drop.");
        foreach (var name in columnNames) Contracts.CheckNonEmpty(name, nameof(columnNames));
        Keep = keep;
        KeepHidden = keepHidden;
    }

    internal string[] ColumnNames { get; }

    internal bool Keep { get; }

    internal bool KeepHidden { get; }

    bool ITransformer.IsRowToRowMapper => true;

    internal static ITransformer Load(IHostEnvironment env, ModelLoadContext ctx)
        => new ColumnSelectingTransformer(ctx.Data["columns"].AsArray().Select(c => c.GetValue<string>()).ToArray(),
            ctx.Data["keep"].GetValue<bool>(), ctx.Data["keepHidden"].GetValue<bool>());

    void ICanSaveModel.Save(ModelSaveContext ctx) => ctx.SetModel(Signature, new JsonObject
    {
        ["columns"] = new JsonArray(ColumnNames.Select(c => (JsonNode)c).ToArray()),
        ["keep"] = Keep,
        ["keepHidden"] = KeepHidden,
    });

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
        => new SelectedColumns(new EmptyDataView(Contracts.CheckValue(inputSchema, nameof(inputSchema))), this).OutputSchema;

    public IDataView Transform(IDataView input) => new SelectedColumns(Contracts.CheckValue(input, nameof(input)), this);

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema)
        => new SelectedColumns(new EmptyDataView(Contracts.CheckValue(inputSchema, nameof(inputSchema))), this);

    internal void CheckColumns(IEnumerable<string> names)
    {
        var missing = ColumnNames.Except(names).ToArray();
        if (missing.Length > 0) throw Contracts.ExceptSchemaMismatch("inputSchema", "input", string.Join(",", missing));
    }

    /// <summary>The input index of every output column.</summary>
    internal int[] Map(DataViewSchema input)
    {
        CheckColumns(input.Select(c => c.Name));
        if (!Keep) return input.Where(c => !ColumnNames.Contains(c.Name)).Select(c => c.Index).ToArray();
        return ColumnNames.SelectMany(name => input.Where(c => c.Name == name && (KeepHidden || !c.IsHidden))).Select(c => c.Index).ToArray();
    }
}

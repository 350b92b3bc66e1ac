using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: ModelLoader(ColumnCopyingTransformer.Signature, typeof(ColumnCopyingTransformer))]

namespace Microsoft.ML.Transforms;

public sealed class ColumnCopyingTransformer : OneToOneTransformerBase
{
    internal const string Signature = "CopyTransform";

    internal ColumnCopyingTransformer(IHostEnvironment env, params (string outputColumnName, string inputColumnName)[] columns)
        : base(env.Register(nameof(ColumnCopyingTransformer)), columns) { }

    internal static ITransformer Load(IHostEnvironment env, ModelLoadContext ctx) => new ColumnCopyingTransformer(env, LoadColumns(ctx));

    private protected override void CheckInputColumn(DataViewSchema inputSchema, int col, int srcCol) { }

    private protected override void SaveModel(ModelSaveContext ctx) => ctx.SetModel(Signature, SaveColumns());

    private protected override RowMapper MakeRowMapper(DataViewSchema schema) => new Mapper(this, schema);

    private sealed class Mapper(ColumnCopyingTransformer parent, DataViewSchema inputSchema) : OneToOneRowMapper(parent, inputSchema)
    {
        public override DataViewSchema.DetachedColumn[] GetOutputColumns()
            => parent.Columns.Select((pair, i) => new DataViewSchema.DetachedColumn(pair.outputColumnName, InputColumn(i).Type, InputColumn(i).Annotations)).ToArray();

        protected override Delegate MakeGetter(DataViewRow input, int output, out Action disposer)
        {
            disposer = null;
            return Getters.Of(input, input.Schema[InputColumn(output).Index]);
        }
    }
}

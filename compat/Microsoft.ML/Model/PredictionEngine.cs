using Microsoft.ML.Data;

namespace Microsoft.ML;

public sealed class PredictionEngine<TSrc, TDst> : PredictionEngineBase<TSrc, TDst>
    where TSrc : class
    where TDst : class, new()
{
    internal PredictionEngine(ITransformer transformer, bool ignoreMissingColumns,
        SchemaDefinition inputSchemaDefinition, SchemaDefinition outputSchemaDefinition, bool ownsTransformer)
        : base(transformer, ignoreMissingColumns, inputSchemaDefinition, outputSchemaDefinition, ownsTransformer) { }

    public override void Predict(TSrc example, ref TDst prediction) => PredictCore(example, ref prediction);
}

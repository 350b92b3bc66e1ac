using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public abstract class PredictionEngineBase<TSrc, TDst> : IDisposable
    where TSrc : class
    where TDst : class, new()
{
    private readonly ITransformer _transformer;
    private readonly InputRow<TSrc> _input;
    private readonly Action<TDst> _fill;
    private readonly bool _ownsTransformer;
    private bool _disposed;

    private protected PredictionEngineBase(ITransformer transformer, bool ignoreMissingColumns,
        SchemaDefinition inputSchemaDefinition, SchemaDefinition outputSchemaDefinition, bool ownsTransformer)
    {
        _transformer = Contracts.CheckValue(transformer, nameof(transformer));
        Contracts.CheckParam(transformer.IsRowToRowMapper, nameof(transformer), "Must be a row to row mapper");
        _input = new InputRow<TSrc>(inputSchemaDefinition == null
            ? TypedColumn.Bind(typeof(TSrc), SchemaDefinition.Direction.Read)
            : TypedColumn.Bind(typeof(TSrc), inputSchemaDefinition));
        _ownsTransformer = ownsTransformer;
        // The engine works through the mapper alone and never calls Transform.
        var mapper = transformer.GetRowToRowMapper(_input.Schema);
        var reader = new RowReader<TDst>(mapper.OutputSchema, ignoreMissingColumns, outputSchemaDefinition);
        _fill = reader.Filler(mapper.GetRow(_input, mapper.OutputSchema));
        OutputSchema = transformer.GetOutputSchema(_input.Schema);
    }

    public DataViewSchema OutputSchema { get; }

    public TDst Predict(TSrc example)
    {
        var result = new TDst();
        Predict(example, ref result);
        return result;
    }

    public abstract void Predict(TSrc example, ref TDst prediction);

    private protected void PredictCore(TSrc example, ref TDst prediction)
    {
        _input.Set(Contracts.CheckValue(example, nameof(example)));
        prediction ??= new TDst();
        _fill(prediction);
    }

    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        _input.Dispose();
        if (_ownsTransformer) (_transformer as IDisposable)?.Dispose();
    }
}

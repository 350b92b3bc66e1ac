using Microsoft.ML;
using Microsoft.ML.Data;

namespace MicrosoftML.Compat.Tests;

/// <summary>A third party's transformer around a stock one, with what a test wants to see or to break.</summary>
internal sealed class DelegatingTransformer(ITransformer inner) : ITransformer, IDisposable
{
    public Action<ModelSaveContext>? SaveInstead { get; init; }

    public bool MapsRows { get; init; } = true;

    public int Transforms { get; private set; }

    public bool IsDisposed { get; private set; }

    public bool IsRowToRowMapper => MapsRows;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => inner.GetOutputSchema(inputSchema);

    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => inner.GetRowToRowMapper(inputSchema);

    public IDataView Transform(IDataView input)
    {
        Transforms++;
        return inner.Transform(input);
    }

    public void Save(ModelSaveContext ctx)
    {
        if (SaveInstead != null) SaveInstead(ctx);
        else ((ICanSaveModel)inner).Save(ctx);
    }

    public void Dispose() => IsDisposed = true;
}

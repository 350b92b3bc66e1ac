using System.Collections;
using System.Text.Json.Nodes;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

public sealed class TransformerChain<TLastTransformer> : ITransformer, IEnumerable<ITransformer>, IDisposable
    where TLastTransformer : class, ITransformer
{
    private readonly ITransformer[] _transformers;
    private readonly TransformerScope[] _scopes;
    private bool _disposed;

    public readonly TLastTransformer LastTransformer;

    public TransformerChain(IEnumerable<ITransformer> transformers, IEnumerable<TransformerScope> scopes)
    {
        _transformers = transformers?.ToArray() ?? [];
        _scopes = scopes?.ToArray() ?? [];
        LastTransformer = _transformers.LastOrDefault() as TLastTransformer;
        Contracts.Check(_transformers.Length > 0 == (LastTransformer != null), $"The last transformer of the chain is not a {typeof(TLastTransformer)}.");
        Contracts.Check(_transformers.Length == _scopes.Length, "A chain needs as many scopes as transformers.");
    }

    public TransformerChain(params ITransformer[] transformers)
        : this(transformers ?? [], (transformers ?? []).Select(_ => TransformerScope.Everything)) { }

    bool ITransformer.IsRowToRowMapper => _transformers.All(t => t.IsRowToRowMapper);

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => GetOutputSchema(inputSchema, TransformerScope.Scoring);

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema, TransformerScope scope)
        => GetModelFor(scope)._transformers.Aggregate(Contracts.CheckValue(inputSchema, nameof(inputSchema)), (schema, t) => t.GetOutputSchema(schema));

    public IDataView Transform(IDataView input) => Transform(input, TransformerScope.Scoring);

    public IDataView Transform(IDataView input, TransformerScope scope)
    {
        Contracts.CheckValue(input, nameof(input));
        var chain = GetModelFor(scope);
        // An early warning: schema errors come before anything is built.
        chain.GetOutputSchema(input.Schema);
        return chain._transformers.Aggregate(input, (data, t) => t.Transform(data));
    }

    public TransformerChain<ITransformer> GetModelFor(TransformerScope scopeFilter)
    {
        var kept = Enumerable.Range(0, _transformers.Length).Where(i => (_scopes[i] & scopeFilter) != TransformerScope.None).ToArray();
        return new TransformerChain<ITransformer>(kept.Select(i => _transformers[i]), kept.Select(i => _scopes[i]));
    }

    public TransformerChain<TNewLast> Append<TNewLast>(TNewLast transformer, TransformerScope scope = TransformerScope.Everything)
        where TNewLast : class, ITransformer
        => new([.. _transformers, Contracts.CheckValue(transformer, nameof(transformer))], [.. _scopes, scope]);

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema)
    {
        Contracts.CheckValue(inputSchema, nameof(inputSchema));
        Contracts.Check(((ITransformer)this).IsRowToRowMapper, "GetRowToRowMapper method called despite IsRowToRowMapper being false.");
        var mappers = new IRowToRowMapper[_transformers.Length];
        var schema = inputSchema;
        for (var i = 0; i < mappers.Length; i++)
        {
            mappers[i] = _transformers[i].GetRowToRowMapper(schema);
            schema = mappers[i].OutputSchema;
        }
        return new CompositeRowToRowMapper(inputSchema, mappers);
    }

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        ctx.SetModel(TransformerChainLoader.Signature, new JsonObject { ["scopes"] = new JsonArray(_scopes.Select(s => (JsonNode)(int)s).ToArray()) });
        for (var i = 0; i < _transformers.Length; i++) ctx.SaveNested(_transformers[i], TransformerChainLoader.Folder(i));
    }

    public IEnumerator<ITransformer> GetEnumerator() => ((IEnumerable<ITransformer>)_transformers).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        foreach (var transformer in _transformers) (transformer as IDisposable)?.Dispose();
    }
}

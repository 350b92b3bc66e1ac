using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

public sealed class EstimatorChain<TLastTransformer> : IEstimator<TransformerChain<TLastTransformer>>
    where TLastTransformer : class, ITransformer
{
    private readonly IEstimator<ITransformer>[] _estimators = [];
    private readonly TransformerScope[] _scopes = [];
    private readonly bool[] _cacheAfter = [];

    public readonly IEstimator<TLastTransformer> LastEstimator;

    public EstimatorChain() { }

    internal EstimatorChain(IEstimator<ITransformer>[] estimators, TransformerScope[] scopes, bool[] cacheAfter)
    {
        _estimators = estimators;
        _scopes = scopes;
        _cacheAfter = cacheAfter;
        LastEstimator = estimators.LastOrDefault() as IEstimator<TLastTransformer>;
    }

    public TransformerChain<TLastTransformer> Fit(IDataView input)
    {
        // Schema errors come before anything is fitted.
        GetOutputSchema(SchemaShape.Create(input.Schema));
        var current = input;
        var transformers = new ITransformer[_estimators.Length];
        for (var i = 0; i < transformers.Length; i++)
        {
            transformers[i] = _estimators[i].Fit(current);
            current = transformers[i].Transform(current);
            if (_cacheAfter[i] && i < transformers.Length - 1) current = new CacheDataView(current);
        }
        return new TransformerChain<TLastTransformer>(transformers, _scopes);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
        => _estimators.Aggregate(inputSchema, (shape, estimator) => estimator.GetOutputSchema(shape));

    public EstimatorChain<TNewTrans> Append<TNewTrans>(IEstimator<TNewTrans> estimator, TransformerScope scope = TransformerScope.Everything)
        where TNewTrans : class, ITransformer
        => new([.. _estimators, Contracts.CheckValue(estimator, nameof(estimator))], [.. _scopes, scope], [.. _cacheAfter, false]);

    public EstimatorChain<TLastTransformer> AppendCacheCheckpoint(IHostEnvironment env)
    {
        Contracts.CheckValue(env, nameof(env));
        Contracts.Check(_estimators.Length > 0, "Current estimator chain has no estimator, can't append cache checkpoint.");
        return new EstimatorChain<TLastTransformer>(_estimators, _scopes, [.. _cacheAfter[..^1], true]);
    }
}

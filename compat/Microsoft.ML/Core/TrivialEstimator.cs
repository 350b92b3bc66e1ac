using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

public abstract class TrivialEstimator<TTransformer> : IEstimator<TTransformer> where TTransformer : class, ITransformer
{
    private protected readonly IHost Host;
    private protected readonly TTransformer Transformer;

    private protected TrivialEstimator(IHost host, TTransformer transformer)
    {
        Host = host;
        Transformer = Contracts.CheckValue(transformer, nameof(transformer));
    }

    public TTransformer Fit(IDataView input)
    {
        Contracts.CheckValue(input, nameof(input));
        Transformer.GetOutputSchema(input.Schema);
        return Transformer;
    }

    public abstract SchemaShape GetOutputSchema(SchemaShape inputSchema);
}

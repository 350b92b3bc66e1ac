using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

public abstract class CustomMappingFactory<TSrc, TDst> : ICustomMappingFactory
    where TSrc : class, new()
    where TDst : class, new()
{
    public abstract Action<TSrc, TDst> GetMapping();

    ITransformer ICustomMappingFactory.CreateTransformer(IHostEnvironment env, string contractName)
        => new CustomMappingTransformer<TSrc, TDst>(GetMapping(), contractName, null, null);
}

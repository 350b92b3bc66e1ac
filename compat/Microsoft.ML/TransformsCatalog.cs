using Microsoft.ML.Data;

namespace Microsoft.ML;

public sealed class TransformsCatalog
{
    private readonly LocalEnvironment _env;

    internal TransformsCatalog(LocalEnvironment env) => _env = env;

    internal LocalEnvironment Environment => _env;
}

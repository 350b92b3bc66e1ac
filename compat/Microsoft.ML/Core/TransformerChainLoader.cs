using System.Globalization;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

[assembly: ModelLoader(TransformerChainLoader.Signature, typeof(TransformerChainLoader))]

namespace Microsoft.ML.Data;

internal static class TransformerChainLoader
{
    public const string Signature = "TransformerChain";

    public static string Folder(int index) => "Transform_" + index.ToString("000", CultureInfo.InvariantCulture);

    public static ITransformer Load(IHostEnvironment env, ModelLoadContext ctx)
    {
        var scopes = ctx.Data["scopes"].AsArray().Select(n => (TransformerScope)n.GetValue<int>()).ToArray();
        return new TransformerChain<ITransformer>(scopes.Select((_, i) => ctx.LoadNested(env, Folder(i))).ToArray(), scopes);
    }
}

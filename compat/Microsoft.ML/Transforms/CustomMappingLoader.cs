using System.Reflection;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: ModelLoader(CustomMappingLoader.Signature, typeof(CustomMappingLoader))]

namespace Microsoft.ML.Transforms;

/// <summary>Finds a custom mapping by its contract in the assembly that the model file names.</summary>
internal static class CustomMappingLoader
{
    public const string Signature = "CustomTransformer";

    public static ITransformer Load(IHostEnvironment env, ModelLoadContext ctx)
    {
        var contract = ctx.Data["contract"].GetValue<string>();
        env.ComponentCatalog.RegisterAssembly(Assembly.Load(ctx.Data["assembly"].GetValue<string>()), throwOnError: false);
        var type = env.ComponentCatalog.FindContract(contract)
            ?? throw Contracts.Except($"Extension contract '{contract}' not found");
        return ((ICustomMappingFactory)Activator.CreateInstance(type)).CreateTransformer(env, contract);
    }
}

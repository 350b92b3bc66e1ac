namespace Microsoft.ML.Data;

/// <summary>Names the type whose static Load(IHostEnvironment, ModelLoadContext) reads models of a signature.</summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal sealed class ModelLoaderAttribute(string signature, Type type) : Attribute
{
    public string Signature { get; } = signature;

    public Type Type { get; } = type;
}

namespace Microsoft.ML.Transforms;

[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public sealed class CustomMappingFactoryAttributeAttribute : ExtensionBaseAttribute
{
    public CustomMappingFactoryAttributeAttribute(string contractName) : base(contractName) { }
}

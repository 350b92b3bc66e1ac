using Microsoft.ML.Runtime;

namespace Microsoft.ML;

[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public abstract class ExtensionBaseAttribute : Attribute
{
    private protected ExtensionBaseAttribute(string contractName) => ContractName = Contracts.CheckNonWhiteSpace(contractName, nameof(contractName));

    public string ContractName { get; }
}

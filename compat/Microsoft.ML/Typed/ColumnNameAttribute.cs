using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property, AllowMultiple = false, Inherited = true)]
public sealed class ColumnNameAttribute : Attribute
{
    public ColumnNameAttribute(string name) => Name = Contracts.CheckNonWhiteSpace(name, nameof(name));

    internal string Name { get; }
}

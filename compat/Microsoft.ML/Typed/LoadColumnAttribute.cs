namespace Microsoft.ML.Data;

/// <summary>For text files, which this subset does not load; in-memory data ignores it, as in ML.NET.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property, AllowMultiple = false, Inherited = true)]
public sealed class LoadColumnAttribute : Attribute
{
    public LoadColumnAttribute(int fieldIndex) { }

    public LoadColumnAttribute(int start, int end) { }

    public LoadColumnAttribute(int[] columnIndexes) { }
}

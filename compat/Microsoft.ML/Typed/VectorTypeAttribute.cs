namespace Microsoft.ML.Data;

[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property, AllowMultiple = false, Inherited = true)]
public sealed class VectorTypeAttribute : Attribute
{
    public VectorTypeAttribute() { }

    public VectorTypeAttribute(int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        Dimensions = [size];
    }

    public VectorTypeAttribute(params int[] dimensions)
    {
        if (dimensions.Any(d => d < 0)) throw new ArgumentOutOfRangeException(nameof(dimensions), "Must have non-negative sizes");
        Dimensions = dimensions;
    }

    internal int[] Dimensions { get; }
}

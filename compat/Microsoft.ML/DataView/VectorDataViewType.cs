using System.Collections.Immutable;

namespace Microsoft.ML.Data;

public sealed class VectorDataViewType : StructuredDataViewType
{
    public VectorDataViewType(PrimitiveDataViewType itemType, int size = 0) : base(VectorOf(itemType))
    {
        if (size < 0) throw new ArgumentOutOfRangeException(nameof(size));
        ItemType = itemType;
        Size = size;
        Dimensions = [size];
    }

    public VectorDataViewType(PrimitiveDataViewType itemType, params int[] dimensions) : this(itemType, ImmutableArray.Create(dimensions)) { }

    public VectorDataViewType(PrimitiveDataViewType itemType, ImmutableArray<int> dimensions) : base(VectorOf(itemType))
    {
        if (dimensions.IsDefaultOrEmpty) throw new ArgumentException("There must be at least one dimension.", nameof(dimensions));
        if (dimensions.Any(d => d < 0)) throw new ArgumentException("Dimensions must be non-negative.", nameof(dimensions));
        ItemType = itemType;
        Dimensions = dimensions;
        Size = dimensions.Aggregate(1, (product, d) => checked(product * d));
    }

    public ImmutableArray<int> Dimensions { get; }

    public PrimitiveDataViewType ItemType { get; }

    public bool IsKnownSize => Size > 0;

    public int Size { get; }

    private static Type VectorOf(PrimitiveDataViewType itemType)
        => typeof(VBuffer<>).MakeGenericType((itemType ?? throw new ArgumentNullException(nameof(itemType))).RawType);

    public override bool Equals(DataViewType other)
        => other is VectorDataViewType vector && ItemType.Equals(vector.ItemType) && Dimensions.SequenceEqual(vector.Dimensions);

    public override bool Equals(object other) => other is DataViewType type && Equals(type);

    public override int GetHashCode() => Dimensions.Aggregate(HashCode.Combine(ItemType.RawType, Size), HashCode.Combine);

    public override string ToString()
    {
        var dimensions = Dimensions.Length == 1 && Size == 0 ? "" : ", " + string.Join(", ", Dimensions.Select(d => d == 0 ? "*" : d.ToString()));
        return $"Vector<{ItemType}{dimensions}>";
    }
}

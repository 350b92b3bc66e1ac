namespace Microsoft.ML.Data;

public sealed class KeyDataViewType : PrimitiveDataViewType
{
    public KeyDataViewType(Type type, ulong count) : base(type)
    {
        if (count == 0 || MaxCount(type) < count)
            throw new ArgumentOutOfRangeException(nameof(count), "The cardinality of a KeyDataViewType must not exceed type.MaxValue and must be strictly positive.");
        Count = count;
    }

    public KeyDataViewType(Type type, int count) : this(type, (ulong)count) { }

    public ulong Count { get; }

    public static bool IsValidDataType(Type type) => MaxCount(type) != 0;

    private static ulong MaxCount(Type type)
        => type == typeof(byte) ? byte.MaxValue : type == typeof(ushort) ? ushort.MaxValue : type == typeof(uint) ? uint.MaxValue : type == typeof(ulong) ? ulong.MaxValue : 0;

    public override bool Equals(DataViewType other) => other is KeyDataViewType key && RawType == key.RawType && Count == key.Count;

    public override bool Equals(object other) => other is DataViewType type && Equals(type);

    public override int GetHashCode() => HashCode.Combine(RawType, Count);

    public override string ToString() => $"Key<{RawType.Name}, 0-{Count - 1}>";
}

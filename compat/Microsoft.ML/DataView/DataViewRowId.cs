namespace Microsoft.ML.Data;

/// <summary>A 128-bit row identity.</summary>
public readonly struct DataViewRowId : IComparable<DataViewRowId>, IEquatable<DataViewRowId>
{
    public readonly ulong Low;
    public readonly ulong High;

    public DataViewRowId(ulong low, ulong high)
    {
        Low = low;
        High = high;
    }

    private UInt128 Value => new(High, Low);

    public int CompareTo(DataViewRowId other) => Value.CompareTo(other.Value);

    public bool Equals(DataViewRowId other) => Low == other.Low && High == other.High;

    public override bool Equals(object obj) => obj is DataViewRowId other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Low, High);

    public override string ToString() => $"{High:x16}{Low:x16}";
}

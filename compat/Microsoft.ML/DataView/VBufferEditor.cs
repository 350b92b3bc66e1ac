namespace Microsoft.ML.Data;

public static class VBufferEditor
{
    public static VBufferEditor<T> CreateFromBuffer<T>(ref VBuffer<T> destination)
        => Create(ref destination, destination.Length, destination.GetValues().Length, keepOldOnResize: true);

    public static VBufferEditor<T> Create<T>(ref VBuffer<T> destination, int newLogicalLength, int? valuesCount = null,
        int? maxValuesCapacity = null, bool keepOldOnResize = false, bool requireIndicesOnDense = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(newLogicalLength);
        var count = valuesCount ?? newLogicalLength;
        if (count < 0 || count > newLogicalLength) throw new ArgumentOutOfRangeException(nameof(valuesCount));
        var values = Resize(destination.ValuesArray, count, keepOldOnResize, out var newValues);
        var newIndices = false;
        var indices = count < newLogicalLength || requireIndicesOnDense
            ? Resize(destination.IndicesArray, count, keepOldOnResize, out newIndices)
            : destination.IndicesArray;
        return new VBufferEditor<T>(newLogicalLength, count, values, indices, newValues, newIndices);
    }

    private static TItem[] Resize<TItem>(TItem[] old, int size, bool keep, out bool created)
    {
        created = (old?.Length ?? 0) < size;
        if (!created) return old ?? [];
        var array = new TItem[size];
        if (keep) old?.CopyTo(array, 0);
        return array;
    }
}

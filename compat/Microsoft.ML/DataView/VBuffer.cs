using System.Collections;

namespace Microsoft.ML.Data;

/// <summary>A vector value: dense when it has a value for every slot, else values at ascending indices.</summary>
public readonly struct VBuffer<T> : IEnumerable
{
    private readonly int _count;
    private readonly T[] _values;
    private readonly int[] _indices;

    public readonly int Length;

    public VBuffer(int length, T[] values, int[] indices = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if ((values?.Length ?? 0) < length) throw new ArgumentOutOfRangeException(nameof(values));
        Length = length;
        _count = length;
        _values = values;
        _indices = indices;
    }

    public VBuffer(int length, int count, T[] values, int[] indices)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (count < 0 || count > length) throw new ArgumentOutOfRangeException(nameof(count));
        if ((values?.Length ?? 0) < count) throw new ArgumentOutOfRangeException(nameof(values));
        if (count < length && (indices?.Length ?? 0) < count) throw new ArgumentOutOfRangeException(nameof(indices));
        Length = length;
        _count = count;
        _values = values;
        _indices = indices;
    }

    public bool IsDense => _count == Length;

    internal T[] ValuesArray => _values;

    internal int[] IndicesArray => _indices;

    public ReadOnlySpan<T> GetValues() => _values.AsSpan(0, _count);

    public ReadOnlySpan<int> GetIndices() => IsDense ? default : _indices.AsSpan(0, _count);

    public T GetItemOrDefault(int index)
    {
        T value = default;
        GetItemOrDefault(index, ref value);
        return value;
    }

    public void GetItemOrDefault(int index, ref T destination)
    {
        if ((uint)index >= (uint)Length) throw new ArgumentOutOfRangeException(nameof(index));
        if (IsDense) { destination = _values[index]; return; }
        var at = GetIndices().BinarySearch(index);
        destination = at >= 0 ? _values[at] : default;
    }

    public void CopyTo(Span<T> destination) => CopyTo(destination, 0);

    public void CopyTo(Span<T> destination, int destinationIndex, T defaultValue = default)
    {
        if (destinationIndex < 0 || destinationIndex > destination.Length - Length) throw new ArgumentOutOfRangeException(nameof(destination), "Not enough capacity in destination");
        var target = destination.Slice(destinationIndex, Length);
        if (IsDense) { GetValues().CopyTo(target); return; }
        target.Fill(defaultValue);
        var indices = GetIndices();
        for (var i = 0; i < indices.Length; i++) target[indices[i]] = _values[i];
    }

    public void CopyTo(ref VBuffer<T> destination)
    {
        var editor = VBufferEditor.Create(ref destination, Length, _count);
        GetValues().CopyTo(editor.Values);
        if (!IsDense) GetIndices().CopyTo(editor.Indices);
        destination = editor.Commit();
    }

    public void CopyToDense(ref VBuffer<T> destination)
    {
        var editor = VBufferEditor.Create(ref destination, Length);
        CopyTo(editor.Values);
        destination = editor.Commit();
    }

    public static void Copy(T[] source, int sourceIndex, ref VBuffer<T> destination, int length)
    {
        var editor = VBufferEditor.Create(ref destination, length);
        source.AsSpan(sourceIndex, length).CopyTo(editor.Values);
        destination = editor.Commit();
    }

    public IEnumerable<KeyValuePair<int, T>> Items(bool all = false)
    {
        for (int i = 0, next = 0; i < Length; i++)
        {
            var present = IsDense || next < _count && _indices[next] == i;
            if (present) yield return new KeyValuePair<int, T>(i, _values[next++]);
            else if (all) yield return new KeyValuePair<int, T>(i, default);
        }
    }

    public IEnumerable<T> DenseValues() => Items(all: true).Select(pair => pair.Value);

    public IEnumerator GetEnumerator() => DenseValues().GetEnumerator();

    public override string ToString() => IsDense ? $"Dense vector of size {Length}" : $"Sparse vector of size {Length}, {_count} explicit values";
}

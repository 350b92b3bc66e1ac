using System.Collections;
using static TorchSharp.torch;

namespace TorchSharp.Utils;

/// <summary>The elements of a CPU tensor as .NET values, in the order of its indices whatever its strides.</summary>
public sealed unsafe class TensorAccessor<T> : IDisposable, IEnumerable<T> where T : unmanaged
{
    private readonly long[] _shape;
    private readonly long[] _strides;
    private readonly T* _data;
    private Tensor _tensor;

    internal TensorAccessor(Tensor tensor)
    {
        if (tensor.device_type != DeviceType.CPU)
            throw new InvalidOperationException("Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading.");
        _shape = tensor.shape;
        _strides = tensor.stride();
        _data = (T*)tensor.DataPointer;
        _tensor = tensor;
    }

    public long Count => _tensor is null ? 0 : _tensor.numel();

    public bool IsReadOnly => false;

    public T this[params long[] indices]
    {
        get => _data[Offset(indices)];
        set => _data[Offset(indices)] = value;
    }

    public T[] ToArray()
    {
        var result = new T[Count];
        CopyTo(result);
        return result;
    }

    public Array ToNDArray()
    {
        if (_shape.Length == 0) return ToArray();
        var result = Array.CreateInstance(typeof(T), _shape);
        fixed (byte* start = &System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(result)) CopyTo(new Span<T>(start, checked((int)Count)));
        return result;
    }

    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    public void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        long count = Count;
        if (_tensor.is_contiguous())
        {
            new ReadOnlySpan<T>(_data + tensorIndex, checked((int)(count - tensorIndex))).CopyTo(array[arrayIndex..]);
            return;
        }
        for (long i = tensorIndex; i < count; i++) array[arrayIndex++] = AtLinear(i);
    }

    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyFrom((ReadOnlySpan<T>)array, arrayIndex, tensorIndex);

    public void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        long count = Count;
        for (; arrayIndex < array.Length && tensorIndex < count; tensorIndex++) _data[LinearOffset(tensorIndex)] = array[arrayIndex++];
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (long i = 0; i < Count; i++) yield return AtLinear(i);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Dispose() => _tensor = null;

    public override bool Equals(object? obj) => obj is TensorAccessor<T> other && this == other;

    public override int GetHashCode() => ((nint)_data).GetHashCode();

    public static bool operator ==(TensorAccessor<T> left, TensorAccessor<T> right) => left.SequenceEqual(right);

    public static bool operator !=(TensorAccessor<T> left, TensorAccessor<T> right) => !(left == right);

    internal T AtLinear(long index) => index < Count ? _data[LinearOffset(index)] : throw new IndexOutOfRangeException("The index is greater than the number of elements in the tensor");

    private long Offset(long[] indices)
    {
        if (indices.Length == 1 && _shape.Length == 0) return 0;
        if (indices.Length == 1) return LinearOffset(indices[0]);
        if (indices.Length != _shape.Length) throw new ArgumentException($"{indices.Length} indices for a tensor of {_shape.Length} dimensions.");
        long offset = 0;
        for (int i = 0; i < indices.Length; i++)
        {
            if (indices[i] < 0 || indices[i] >= _shape[i]) throw new IndexOutOfRangeException();
            offset += indices[i] * _strides[i];
        }
        return offset;
    }

    private long LinearOffset(long index)
    {
        long offset = 0;
        for (int i = _shape.Length - 1; i >= 0; i--)
        {
            offset += index % _shape[i] * _strides[i];
            index /= _shape[i];
        }
        return offset;
    }
}

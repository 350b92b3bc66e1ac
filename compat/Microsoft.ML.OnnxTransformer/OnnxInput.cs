using System.Reflection;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Microsoft.ML.Transforms.Onnx;

/// <summary>Reads a column's current value as the tensor of the same name.</summary>
internal static class OnnxInput
{
    private static readonly MethodInfo s_scalar = typeof(OnnxInput).GetMethod(nameof(Scalar), BindingFlags.NonPublic | BindingFlags.Static);
    private static readonly MethodInfo s_vector = typeof(OnnxInput).GetMethod(nameof(Vector), BindingFlags.NonPublic | BindingFlags.Static);

    public static Func<NamedOnnxValue> Create(DataViewRow row, DataViewSchema.Column column, int[] shape)
        => column.Type is VectorDataViewType vector
            ? Generic.Invoke<Func<NamedOnnxValue>>(s_vector, vector.ItemType.RawType, null, row, row.Schema[column.Index], shape)
            : Generic.Invoke<Func<NamedOnnxValue>>(s_scalar, column.Type.RawType, null, row, row.Schema[column.Index]);

    private static Func<NamedOnnxValue> Scalar<T>(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<T>(column);
        return () =>
        {
            T value = default;
            getter(ref value);
            return Tensor(column.Name, [value], [1, 1]);
        };
    }

    private static Func<NamedOnnxValue> Vector<T>(DataViewRow row, DataViewSchema.Column column, int[] shape)
    {
        var getter = row.GetGetter<VBuffer<T>>(column);
        var isKnown = ((VectorDataViewType)column.Type).IsKnownSize;
        var unknown = Array.IndexOf(shape, 0);
        var known = shape.Where(d => d > 0).Aggregate(1, (product, d) => product * d);
        VBuffer<T> value = default;
        return () =>
        {
            getter(ref value);
            var dimensions = shape.ToArray();
            // A column of unknown size fits only a tensor with an unknown dimension, and the other way round.
            if (!isKnown) dimensions[unknown] = value.Length / known;
            var dense = new T[value.Length];
            value.CopyTo(dense);
            return Tensor(column.Name, dense, dimensions);
        };
    }

    private static NamedOnnxValue Tensor<T>(string name, T[] values, int[] dimensions)
        => values is ReadOnlyMemory<char>[] texts
            ? NamedOnnxValue.CreateFromTensor(name, new DenseTensor<string>(texts.Select(t => t.ToString()).ToArray(), dimensions))
            : NamedOnnxValue.CreateFromTensor(name, new DenseTensor<T>(values, dimensions));
}

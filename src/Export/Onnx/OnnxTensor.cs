using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Google.Protobuf;

namespace MlNetImageTranslation.Export;

/// <summary>Makes the constants of a graph. Float values are wrapped, not copied: the arrays must not change.</summary>
internal static class OnnxTensor
{
    /// <summary>Float32 values, last dimension fastest.</summary>
    public static TensorProto Float(string name, ImmutableArray<int> shape, float[] values) =>
        New(name, OnnxElementType.Float, shape, sizeof(float), new FloatBytes(values).Memory);

    /// <summary>The same values rounded to 16 bits.</summary>
    public static TensorProto Float16(string name, ImmutableArray<int> shape, float[] values) =>
        New(
            name,
            OnnxElementType.Float16,
            shape,
            2,
            MemoryMarshal.AsBytes<Half>(Array.ConvertAll(values, value => (Half)value)).ToArray()
        );

    /// <summary>A list of 64-bit integers.</summary>
    public static TensorProto Integers(string name, params ImmutableArray<long> values) =>
        New(
            name,
            OnnxElementType.Int64,
            [values.Length],
            sizeof(long),
            MemoryMarshal.AsBytes(values.AsSpan()).ToArray()
        );

    private static TensorProto New(
        string name,
        OnnxElementType type,
        ImmutableArray<int> shape,
        int elementSize,
        ReadOnlyMemory<byte> content
    )
    {
        long length = shape.Aggregate((long)elementSize, (product, side) => checked(product * side));
        if (length != content.Length)
            throw new InvalidOperationException(
                $"Tensor '{name}' of shape [{string.Join(", ", shape)}] has {content.Length} bytes; expected {length}."
            );
        return new()
        {
            Name = name,
            DataType = (int)type,
            Dims = { shape.Select(side => (long)side) },
            RawData = UnsafeByteOperations.UnsafeWrap(content),
        };
    }
}

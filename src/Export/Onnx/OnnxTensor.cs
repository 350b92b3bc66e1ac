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

    /// <summary>
    /// The bytes that a tensor's values take, by its type and shape; null for types of parts of a byte.
    /// </summary>
    /// <exception cref="FormatException">Its shape is none.</exception>
    public static long? ByteLength(TensorProto tensor)
    {
        int? size = (OnnxElementType)tensor.DataType switch
        {
            OnnxElementType.UInt8 or OnnxElementType.Int8 or OnnxElementType.Bool => 1,
            OnnxElementType.UInt16 or OnnxElementType.Int16 => 2,
            OnnxElementType.Float16 or OnnxElementType.BFloat16 => 2,
            OnnxElementType.Float or OnnxElementType.Int32 or OnnxElementType.UInt32 => 4,
            OnnxElementType.Double or OnnxElementType.Int64 or OnnxElementType.UInt64 => 8,
            OnnxElementType.Complex64 => 8,
            OnnxElementType.Complex128 => 16,
            _ => null,
        };
        if (tensor.Dims.Any(side => side < 0))
            throw new FormatException($"Tensor '{tensor.Name}' has the shape [{string.Join(", ", tensor.Dims)}].");
        // Of shapes that overflow no file has the values.
        double elements = tensor.Dims.Aggregate(1.0, (product, side) => product * side);
        return size is { } bytes ? (long)Math.Min(elements * bytes, long.MaxValue / 2) : null;
    }

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

using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace MlNetImageTranslation.Weights;

/// <summary>Reads stored values, always little-endian, as float32.</summary>
internal static class ElementTypes
{
    /// <summary>Bytes of one value.</summary>
    public static int Size(this ElementType type) =>
        type switch
        {
            ElementType.Integer8 => 1,
            ElementType.Float16 or ElementType.BFloat16 or ElementType.Integer16 => 2,
            ElementType.Float32 or ElementType.Integer32 => 4,
            ElementType.Complex128 => 16,
            _ => 8,
        };

    /// <summary>Whether values are floating-point numbers.</summary>
    public static bool IsFloat(this ElementType type) => type <= ElementType.BFloat16;

    /// <summary>Fills <paramref name="values"/> from the stream.</summary>
    /// <exception cref="EndOfStreamException">The stream is too short.</exception>
    public static void Read(Stream stream, ElementType type, Span<float> values)
    {
        if (type == ElementType.Float32 && BitConverter.IsLittleEndian)
        {
            stream.ReadExactly(MemoryMarshal.AsBytes(values));
            return;
        }
        const int chunk = 1 << 16;
        var buffer = new byte[Math.Min(values.Length, chunk) * type.Size()];
        while (!values.IsEmpty)
        {
            int count = Math.Min(values.Length, chunk);
            var bytes = buffer.AsSpan(0, count * type.Size());
            stream.ReadExactly(bytes);
            Convert(bytes, type, values[..count]);
            values = values[count..];
        }
    }

    /// <summary>Converts stored floating-point numbers; doubles are rounded to the nearest float.</summary>
    public static void Convert(ReadOnlySpan<byte> bytes, ElementType type, Span<float> values)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = type switch
            {
                ElementType.Float32 => BinaryPrimitives.ReadSingleLittleEndian(bytes[(i * 4)..]),
                ElementType.Float64 => (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes[(i * 8)..]),
                ElementType.Float16 => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes[(i * 2)..]),
                ElementType.BFloat16 => BitConverter.UInt32BitsToSingle(
                    (uint)BinaryPrimitives.ReadUInt16LittleEndian(bytes[(i * 2)..]) << 16
                ),
                _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Expected a floating-point type."),
            };
    }
}

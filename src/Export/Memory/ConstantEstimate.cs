using System.Runtime.InteropServices;
using Google.Protobuf;

namespace MlNetImageTranslation.Export;

/// <summary>Reads what has to be known of a constant: its shape, and its values where they may be a shape.</summary>
internal static class ConstantEstimate
{
    // Shapes, sizes, scales, pads and indices are short.
    private const int MostNumbers = 1024,
        MostBytes = 1 << 16;

    /// <summary>The constant in a message of a tensor, whose weights are stepped over.</summary>
    /// <exception cref="FormatException">The message is malformed.</exception>
    public static (string Name, ValueEstimate Value) Read(ReadOnlySpan<byte> message)
    {
        if (message.Length <= MostBytes)
        {
            try
            {
                var tensor = TensorProto.Parser.ParseFrom(message);
                return (tensor.Name, Of(tensor));
            }
            catch (InvalidProtocolBufferException exception)
            {
                throw new FormatException($"Malformed data in a tensor: {exception.Message}", exception);
            }
        }
        string name = "";
        var type = OnnxElementType.Undefined;
        var sides = new List<double>();
        var fields = new ProtobufReader(message);
        while (fields.Next())
        {
            switch (fields.Field)
            {
                case TensorProto.NameFieldNumber:
                    name = fields.Text;
                    break;
                case TensorProto.DataTypeFieldNumber:
                    type = (OnnxElementType)fields.Number;
                    break;
                case TensorProto.DimsFieldNumber:
                    ReadSides(fields, sides);
                    break;
            }
        }
        return (name, ValueEstimate.Of(type, [.. sides]) with { IsConstant = true });
    }

    /// <summary>The constant in a message of a sparse tensor, as large as the runtime writes it out.</summary>
    /// <exception cref="FormatException">The message is malformed.</exception>
    public static (string Name, ValueEstimate Value) ReadSparse(ReadOnlySpan<byte> message)
    {
        string name = "";
        var type = OnnxElementType.Undefined;
        var sides = new List<double>();
        var fields = new ProtobufReader(message);
        while (fields.Next())
        {
            if (fields.Field == SparseTensorProto.ValuesFieldNumber)
            {
                var (own, values) = Read(fields.Bytes);
                name = own;
                type = values.Type;
            }
            if (fields.Field == SparseTensorProto.DimsFieldNumber)
                ReadSides(fields, sides);
        }
        return (name, ValueEstimate.Of(type, [.. sides]) with { IsConstant = true });
    }

    /// <summary>A constant that was parsed.</summary>
    public static ValueEstimate Of(TensorProto tensor)
    {
        var type = (OnnxElementType)tensor.DataType;
        var value = ValueEstimate.Of(type, [.. tensor.Dims.Select(side => (double)side)]) with { IsConstant = true };
        if (value.Count > MostNumbers)
            return value;
        double[]? numbers = tensor.HasRawData ? OfBytes(type, tensor.RawData.Span) : OfLists(tensor);
        return numbers?.Length == value.Count ? value with { Numbers = numbers } : value;
    }

    // One by one, or packed together, as protobuf allows.
    private static void ReadSides(in ProtobufReader field, List<double> sides)
    {
        if (field.Bytes.IsEmpty)
        {
            sides.Add(field.Number);
            return;
        }
        double side = 0,
            unit = 1;
        foreach (byte part in field.Bytes)
        {
            side += (part & 127) * unit;
            unit *= 128;
            if (part >= 128)
                continue;
            sides.Add(side);
            side = 0;
            unit = 1;
        }
    }

    private static double[]? OfBytes(OnnxElementType type, ReadOnlySpan<byte> bytes) =>
        type switch
        {
            OnnxElementType.Int64 => Widened<long>(bytes, value => value),
            OnnxElementType.Int32 => Widened<int>(bytes, value => value),
            OnnxElementType.Float => Widened<float>(bytes, value => value),
            OnnxElementType.Double => Widened<double>(bytes, value => value),
            OnnxElementType.Float16 => Widened<Half>(bytes, value => (double)value),
            OnnxElementType.UInt8 or OnnxElementType.Bool => Widened<byte>(bytes, value => value),
            _ => null,
        };

    private static double[] Widened<T>(ReadOnlySpan<byte> bytes, Converter<T, double> widen)
        where T : unmanaged => Array.ConvertAll(MemoryMarshal.Cast<byte, T>(bytes).ToArray(), widen);

    private static double[] OfLists(TensorProto tensor) =>
        tensor.Int64Data.Count > 0 ? [.. tensor.Int64Data.Select(value => (double)value)]
        : tensor.Int32Data.Count > 0 ? [.. tensor.Int32Data.Select(value => (double)value)]
        : tensor.DoubleData.Count > 0 ? [.. tensor.DoubleData]
        : [.. tensor.FloatData.Select(value => (double)value)];
}

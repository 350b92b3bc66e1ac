using System.Globalization;

namespace MlNetImageTranslation.Transforms;

/// <summary>Name, element type and shape of a model's input or output.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="ElementType">ONNX's number for the element type: 1 float, 2 uint8, 10 float16, 11 double.</param>
/// <param name="Dimensions">The length of every dimension; null where it is free. Null altogether where the file gives no shape.</param>
internal sealed record OnnxTensorType(string Name, int ElementType, IReadOnlyList<long?>? Dimensions)
{
    public const int Float = 1, Uint8 = 2, Float16 = 10, Double = 11;

    private string TypeName => ElementType switch
    {
        1 => "float", 2 => "uint8", 3 => "int8", 4 => "uint16", 5 => "int16", 6 => "int32", 7 => "int64", 8 => "string", 9 => "bool", 10 => "float16", 11 => "double", 16 => "bfloat16",
        var other => $"type {other}",
    };

    /// <summary>For example <c>'image' float[?, 3, 224, 224]</c>.</summary>
    public override string ToString() =>
        $"'{Name}' {TypeName}[{(Dimensions is null ? "no shape" : string.Join(", ", Dimensions.Select(side => side?.ToString(CultureInfo.InvariantCulture) ?? "?")))}]";

    /// <summary>Reads a ValueInfoProto.</summary>
    public static OnnxTensorType Read(ReadOnlySpan<byte> valueInfo)
    {
        string name = "";
        int elementType = 0;
        List<long?>? dimensions = null;
        var fields = new ProtobufReader(valueInfo);
        while (fields.Next())
        {
            if (fields.Field == 1) name = fields.Text;
            if (fields.Field != 2) continue;
            var type = new ProtobufReader(fields.Bytes);
            while (type.Next())
            {
                if (type.Field != 1) continue;
                var tensor = new ProtobufReader(type.Bytes);
                while (tensor.Next())
                {
                    if (tensor.Field == 1) elementType = (int)tensor.Number;
                    if (tensor.Field == 2) dimensions = ReadShape(tensor.Bytes);
                }
            }
        }
        return new(name, elementType, dimensions);
    }

    private static List<long?> ReadShape(ReadOnlySpan<byte> shape)
    {
        var dimensions = new List<long?>();
        var fields = new ProtobufReader(shape);
        while (fields.Next())
        {
            if (fields.Field != 1) continue;
            long? side = null;
            var dimension = new ProtobufReader(fields.Bytes);
            while (dimension.Next())
                if (dimension.Field == 1) side = dimension.Number;
            dimensions.Add(side is > 0 ? side : null);
        }
        return dimensions;
    }
}

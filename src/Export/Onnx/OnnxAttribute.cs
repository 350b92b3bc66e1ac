using System.Collections.Immutable;
using Google.Protobuf;

namespace MlNetImageTranslation.Export;

/// <summary>Makes the settings of nodes.</summary>
internal static class OnnxAttribute
{
    public static AttributeProto Integer(string name, long value) =>
        new()
        {
            Name = name,
            I = value,
            Type = AttributeProto.Types.AttributeType.Int,
        };

    public static AttributeProto Integers(string name, params ImmutableArray<long> values) =>
        new()
        {
            Name = name,
            Ints = { values },
            Type = AttributeProto.Types.AttributeType.Ints,
        };

    public static AttributeProto Float(string name, float value) =>
        new()
        {
            Name = name,
            F = value,
            Type = AttributeProto.Types.AttributeType.Float,
        };

    public static AttributeProto Text(string name, string value) =>
        new()
        {
            Name = name,
            S = ByteString.CopyFromUtf8(value),
            Type = AttributeProto.Types.AttributeType.String,
        };

    public static AttributeProto Tensor(string name, TensorProto value) =>
        new()
        {
            Name = name,
            T = value,
            Type = AttributeProto.Types.AttributeType.Tensor,
        };
}

using System.Collections.Immutable;

namespace MlNetImageTranslation.Export;

/// <summary>Makes operators and reads them.</summary>
internal static class OnnxNode
{
    /// <summary>An operator. It has no name of its own: its output's name says which it is.</summary>
    public static NodeProto Of(
        string operatorType,
        ImmutableArray<string> inputs,
        string output,
        params ImmutableArray<AttributeProto> attributes
    ) =>
        new()
        {
            OpType = operatorType,
            Input = { inputs },
            Output = { output },
            Attribute = { attributes },
        };

    /// <summary>Whether a node is ONNX's own operator of that type.</summary>
    public static bool Is(this NodeProto node, string operatorType) =>
        node.OpType == operatorType && node.Domain is "" or "ai.onnx";

    /// <summary>A setting of a node, or null where the file leaves it to its default.</summary>
    public static AttributeProto? Find(this NodeProto node, string name) =>
        node.Attribute.LastOrDefault(attribute => attribute.Name == name);
}

using System.Collections.Immutable;

namespace MlNetImageTranslation.Export;

/// <summary>
/// One operator of a graph (onnx.proto's NodeProto). It has no name of its own: its output's name says which it is.
/// </summary>
internal sealed class OnnxNode(
    string operatorType,
    ImmutableArray<string> inputs,
    string output,
    params ImmutableArray<OnnxAttribute> attributes
) : ProtobufMessage
{
    public override void Write(IProtobufSink sink)
    {
        foreach (var input in inputs)
            sink.Text(1, input);
        sink.Text(2, output);
        sink.Text(4, operatorType);
        foreach (var attribute in attributes)
            sink.Message(5, attribute);
    }
}

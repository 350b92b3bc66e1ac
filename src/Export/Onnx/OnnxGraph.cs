namespace MlNetImageTranslation.Export;

/// <summary>The computation of a model (onnx.proto's GraphProto).</summary>
internal sealed class OnnxGraph(string name, OnnxTensorInfo input, OnnxTensorInfo output) : ProtobufMessage
{
    /// <summary>The operators, in the order of computation.</summary>
    public List<OnnxNode> Nodes { get; } = [];

    /// <summary>The constants.</summary>
    public List<OnnxTensor> Initializers { get; } = [];

    public override void Write(IProtobufSink sink)
    {
        foreach (var node in Nodes)
            sink.Message(1, node);
        sink.Text(2, name);
        foreach (var initializer in Initializers)
            sink.Message(5, initializer);
        sink.Message(11, new OnnxValue(input));
        sink.Message(12, new OnnxValue(output));
    }
}

namespace MlNetImageTranslation.Export;

/// <summary>A whole ONNX file (onnx.proto's ModelProto): IR version 8, operator set 17.</summary>
internal sealed class OnnxModel(
    OnnxGraph graph,
    string producerVersion,
    IReadOnlyList<KeyValuePair<string, string>> metadata
) : ProtobufMessage
{
    public const int IrVersion = 8;
    public const int Opset = 17;
    public const string ProducerName = "MlNetImageTranslation";

    public override void Write(IProtobufSink sink)
    {
        sink.Integer(1, IrVersion);
        sink.Text(2, ProducerName);
        sink.Text(3, producerVersion);
        sink.Message(7, graph);
        sink.Message(8, new OpsetMessage());
        foreach (var entry in metadata)
            sink.Message(14, new EntryMessage(entry));
    }

    private sealed class OpsetMessage : ProtobufMessage
    {
        public override void Write(IProtobufSink sink) => sink.Integer(2, Opset);
    }

    private sealed class EntryMessage(KeyValuePair<string, string> entry) : ProtobufMessage
    {
        public override void Write(IProtobufSink sink)
        {
            sink.Text(1, entry.Key);
            sink.Text(2, entry.Value);
        }
    }
}

namespace MlNetImageTranslation.Export;

/// <summary>The declaration of an input or output (onnx.proto's ValueInfoProto).</summary>
internal sealed class OnnxValue(OnnxTensorInfo info) : ProtobufMessage
{
    public override void Write(IProtobufSink sink)
    {
        sink.Text(1, info.Name);
        sink.Message(2, new TypeMessage(info));
    }

    private sealed class TypeMessage(OnnxTensorInfo info) : ProtobufMessage
    {
        public override void Write(IProtobufSink sink) => sink.Message(1, new TensorTypeMessage(info));
    }

    private sealed class TensorTypeMessage(OnnxTensorInfo info) : ProtobufMessage
    {
        public override void Write(IProtobufSink sink)
        {
            sink.Integer(1, (int)info.ElementType);
            if (!info.Shape.IsDefault)
                sink.Message(2, new ShapeMessage(info));
        }
    }

    private sealed class ShapeMessage(OnnxTensorInfo info) : ProtobufMessage
    {
        public override void Write(IProtobufSink sink)
        {
            foreach (var dimension in info.Shape)
                sink.Message(1, new DimensionMessage(dimension));
        }
    }

    private sealed class DimensionMessage(OnnxDimension dimension) : ProtobufMessage
    {
        public override void Write(IProtobufSink sink)
        {
            if (dimension.Length is { } length)
                sink.Integer(1, length);
            else if (dimension.Name is { } name)
                sink.Text(2, name);
        }
    }
}

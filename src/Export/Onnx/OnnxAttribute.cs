using System.Collections.Immutable;
using System.Text;

namespace MlNetImageTranslation.Export;

/// <summary>
/// A setting of a node (onnx.proto's AttributeProto): a number, a list of integers, a string, or a tensor.
/// </summary>
internal sealed class OnnxAttribute : ProtobufMessage
{
    private readonly string _name;
    private readonly object _value;

    private OnnxAttribute(string name, object value) => (_name, _value) = (name, value);

    public static OnnxAttribute Integer(string name, long value) => new(name, value);

    public static OnnxAttribute Integers(string name, params ImmutableArray<long> values) => new(name, values);

    public static OnnxAttribute Float(string name, float value) => new(name, value);

    public static OnnxAttribute Text(string name, string value) => new(name, value);

    public static OnnxAttribute Tensor(string name, OnnxTensor value) => new(name, value);

    public override void Write(IProtobufSink sink)
    {
        sink.Text(1, _name);
        switch (_value)
        {
            case float number:
                sink.Float(2, number);
                sink.Integer(20, 1);
                break;
            case long number:
                sink.Integer(3, number);
                sink.Integer(20, 2);
                break;
            case string text:
                var bytes = Encoding.UTF8.GetBytes(text);
                sink.Bytes(4, bytes.Length, () => bytes);
                sink.Integer(20, 3);
                break;
            case OnnxTensor tensor:
                sink.Message(5, tensor);
                sink.Integer(20, 4);
                break;
            case ImmutableArray<long> numbers:
                foreach (var number in numbers)
                    sink.Integer(8, number);
                sink.Integer(20, 7);
                break;
        }
    }
}

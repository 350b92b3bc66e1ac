using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace MlNetImageTranslation.Export;

/// <summary>A constant of a graph (onnx.proto's TensorProto); its bytes are made only when they are written.</summary>
internal sealed class OnnxTensor : ProtobufMessage
{
    private readonly string _name;
    private readonly OnnxElementType _type;
    private readonly ImmutableArray<int> _shape;
    private readonly int _length;
    private readonly Func<ReadOnlyMemory<byte>> _content;

    private OnnxTensor(
        string name,
        OnnxElementType type,
        ImmutableArray<int> shape,
        int elementSize,
        Func<ReadOnlyMemory<byte>> content
    )
    {
        (_name, _type, _shape, _content) = (name, type, shape, content);
        _length = checked((int)(shape.Aggregate(1L, (product, side) => product * side) * elementSize));
    }

    /// <summary>Float32 values, last dimension fastest.</summary>
    public static OnnxTensor Float(string name, ImmutableArray<int> shape, Func<float[]> values) =>
        new(name, OnnxElementType.Float, shape, sizeof(float), () => new FloatBytes(values()).Memory);

    /// <summary>The same values rounded to 16 bits.</summary>
    public static OnnxTensor Float16(string name, ImmutableArray<int> shape, Func<float[]> values) =>
        new(
            name,
            OnnxElementType.Float16,
            shape,
            2,
            () => MemoryMarshal.AsBytes<Half>(Array.ConvertAll(values(), value => (Half)value)).ToArray()
        );

    /// <summary>A list of 64-bit integers.</summary>
    public static OnnxTensor Integers(string name, params ImmutableArray<long> values) =>
        new(
            name,
            OnnxElementType.Int64,
            [values.Length],
            sizeof(long),
            () => MemoryMarshal.AsBytes(values.AsSpan()).ToArray()
        );

    public override void Write(IProtobufSink sink)
    {
        foreach (var side in _shape)
            sink.Integer(1, side);
        sink.Integer(2, (int)_type);
        sink.Text(8, _name);
        sink.Bytes(9, _length, _content);
    }
}

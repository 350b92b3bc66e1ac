using System.Buffers;
using Google.Protobuf;

namespace MlNetImageTranslation.Export;

/// <summary>
/// Reads a model whose weights stay where they are: a model of hundreds of megabytes is not copied to be rewritten.
/// </summary>
internal static unsafe class OnnxParser
{
    // What is shorter is copied.
    private const int LeastInPlace = 1 << 14;

    /// <summary>Reads a model from memory that does not move and outlives it.</summary>
    /// <param name="model">The first of its bytes.</param>
    /// <param name="length">How many there are.</param>
    /// <exception cref="FormatException">The bytes are malformed.</exception>
    /// <exception cref="InvalidProtocolBufferException">The bytes are malformed.</exception>
    public static ModelProto Parse(byte* model, int length)
    {
        var message = new ReadOnlySpan<byte>(model, length);
        var graph = new GraphProto();
        bool hasGraph = false;
        var parsed = ModelProto.Parser.ParseFrom(
            Without(
                message,
                ModelProto.GraphFieldNumber,
                part =>
                {
                    hasGraph = true;
                    Merge(graph, part);
                }
            )
        );
        if (hasGraph)
            parsed.Graph = graph;
        return parsed;
    }

    // What stands in several places counts as one, as protobuf demands.
    private static void Merge(GraphProto graph, Memory<byte> message)
    {
        var tensors = new List<TensorProto>();
        byte[] rest = Without(message.Span, GraphProto.InitializerFieldNumber, part => tensors.Add(Tensor(part)));
        graph.MergeFrom(rest);
        graph.Initializer.Add(tensors);
    }

    private static TensorProto Tensor(Memory<byte> message)
    {
        if (message.Length < LeastInPlace)
            return TensorProto.Parser.ParseFrom(message.Span);
        ReadOnlyMemory<byte>? values = null;
        var tensor = TensorProto.Parser.ParseFrom(
            Without(message.Span, TensorProto.RawDataFieldNumber, part => values = part)
        );
        if (values is { } bytes)
            tensor.RawData = UnsafeByteOperations.UnsafeWrap(bytes);
        return tensor;
    }

    // All fields but one, which is handed over where it lies.
    private static byte[] Without(ReadOnlySpan<byte> message, int field, Action<Memory<byte>> take)
    {
        var rest = new ArrayBufferWriter<byte>();
        var fields = new ProtobufReader(message);
        for (int start = 0; fields.Next(); start = fields.Position)
            if (fields.Field == field && fields.HasBytes)
                take(new NativeBytes(fields.Bytes).Memory);
            else
                rest.Write(message[start..fields.Position]);
        return rest.WrittenSpan.ToArray();
    }

    /// <summary>Shows memory that does not move.</summary>
    private sealed class NativeBytes : MemoryManager<byte>
    {
        private readonly byte* _first;
        private readonly int _length;

        public NativeBytes(ReadOnlySpan<byte> bytes)
        {
            fixed (byte* first = bytes)
                _first = first;
            _length = bytes.Length;
        }

        public override Span<byte> GetSpan() => new(_first, _length);

        public override MemoryHandle Pin(int elementIndex = 0) => new(_first + elementIndex);

        public override void Unpin() { }

        protected override void Dispose(bool disposing) { }
    }
}

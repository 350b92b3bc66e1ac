using Google.Protobuf;

namespace MlNetImageTranslation.Export;

/// <summary>Whole models, from bytes and to bytes.</summary>
internal static class OnnxMessages
{
    public const int IrVersion = 8;
    public const int Opset = 17;
    public const string ProducerName = "MlNetImageTranslation";

    /// <summary>Reads a model. What it does not know of the format is kept.</summary>
    /// <exception cref="FormatException">The bytes are not an ONNX model.</exception>
    public static ModelProto Parse(ReadOnlySpan<byte> model)
    {
        try
        {
            return WithGraph(ModelProto.Parser.ParseFrom(model));
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw Unsound(exception);
        }
    }

    private static ModelProto WithGraph(ModelProto model) =>
        model.Graph is null ? throw new FormatException("It is not an ONNX model: there is no graph in it.") : model;

    private static FormatException Unsound(InvalidProtocolBufferException exception) =>
        new($"It is not a sound ONNX model: {exception.Message}", exception);

    /// <summary>
    /// Reads a model whose larger weights stay where they are, and does some work with it. Nothing of it may be kept.
    /// </summary>
    /// <param name="model">The model's bytes.</param>
    /// <param name="work">The work.</param>
    /// <exception cref="FormatException">The bytes are not an ONNX model.</exception>
    public static unsafe T Use<T>(ReadOnlySpan<byte> model, Func<ModelProto, T> work)
    {
        fixed (byte* first = model)
        {
            ModelProto parsed;
            try
            {
                parsed = OnnxParser.Parse(first, model.Length);
            }
            catch (InvalidProtocolBufferException exception)
            {
                throw Unsound(exception);
            }
            return work(WithGraph(parsed));
        }
    }

    /// <summary>The model's bytes.</summary>
    /// <exception cref="OverflowException">It would have 2 GiB or more.</exception>
    public static byte[] ToArray(ModelProto model)
    {
        CheckLength(model);
        return model.ToByteArray();
    }

    /// <summary>Writes the model; the stream stays open.</summary>
    /// <inheritdoc cref="ToArray"/>
    public static void Write(ModelProto model, Stream stream)
    {
        CheckLength(model);
        // Longer than what is buffered, weights go to the stream without a copy.
        model.WriteTo(stream);
    }

    // Generated code adds up lengths without noticing that they overflow.
    private static void CheckLength(ModelProto model)
    {
        long weights =
            model.Graph.Initializer.Sum(Length)
            + model.Graph.Node.Sum(node => node.Attribute.Sum(attribute => attribute.T is { } t ? Length(t) : 0));
        if (weights > int.MaxValue || model.CalculateSize() < 0)
            throw new OverflowException($"A model of more than {int.MaxValue} bytes is no ONNX file.");
    }

    private static long Length(TensorProto tensor) =>
        tensor.RawData.Length + sizeof(float) * (long)tensor.FloatData.Count;
}

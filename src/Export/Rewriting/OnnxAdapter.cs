namespace MlNetImageTranslation.Export;

/// <summary>
/// Puts a uint8 [N, H, W, 3] RGB interface around a model: nodes before its input that scale, reorder and transpose,
/// nodes after its output that undo it, clip to 0..255 and round half to even. The model's own nodes and weights stay
/// as they are.
/// </summary>
internal static class OnnxAdapter
{
    private const string Prefix = "imt/";

    /// <summary>The name of the adapted model's input.</summary>
    public const string InputName = Prefix + "image";

    /// <summary>The name of the adapted model's output.</summary>
    public const string OutputName = Prefix + "translated";

    /// <summary>The model with its new interface, as free in batch and size as it was.</summary>
    /// <param name="model">The model's bytes.</param>
    /// <param name="pixels">What its tensors mean.</param>
    /// <exception cref="FormatException">The bytes are not an ONNX model.</exception>
    public static byte[] Adapt(ReadOnlySpan<byte> model, PixelInterface pixels) =>
        Adapt(model, pixels, InputName, OutputName, null, 1);

    /// <summary>The model for one image of one size, padding and cropping inside.</summary>
    /// <param name="model">The model's bytes.</param>
    /// <param name="pixels">What its tensors mean.</param>
    /// <param name="inputName">The new name of its input.</param>
    /// <param name="outputName">The new name of its output.</param>
    /// <param name="size">The image's size, before and after padding; null leaves the sizes as they are.</param>
    /// <param name="scale">How much larger or smaller the output is.</param>
    /// <exception cref="FormatException">The bytes are not an ONNX model.</exception>
    public static byte[] Adapt(
        ReadOnlySpan<byte> model,
        PixelInterface pixels,
        string inputName,
        string outputName,
        ImagePadding? size,
        ImageScale scale
    ) =>
        OnnxMessages.Use(
            model,
            document =>
            {
                Adapt(document, pixels, inputName, outputName, size, scale, OnnxElementType.UInt8);
                return OnnxMessages.ToArray(document);
            }
        );

    /// <summary>
    /// The model with a uint16 [N, H, W, 3] RGB interface (<see cref="InputName"/>, <see cref="OutputName"/>), black 0
    /// and white 65535; null where the model itself takes or gives bytes and is none of this library's.
    /// </summary>
    /// <param name="model">The model's bytes.</param>
    /// <param name="pixels">What its tensors mean.</param>
    /// <exception cref="FormatException">The bytes are not an ONNX model.</exception>
    public static byte[]? AdaptWide(ReadOnlySpan<byte> model, PixelInterface pixels)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        return OnnxMessages.Use(model, document => AdaptWide(document, pixels));
    }

    private static byte[]? AdaptWide(ModelProto document, PixelInterface pixels)
    {
        bool hasBytes =
            pixels.Input.ElementType == OnnxElementType.UInt8 || pixels.Output.ElementType == OnnxElementType.UInt8;
        var floats = (hasBytes ? InnerNetwork.TakeOut(document.Graph, pixels) : pixels)?.ToWide();
        if (floats is null)
            return null;
        Adapt(document, floats, InputName, OutputName, null, 1, OnnxElementType.UInt16);
        return OnnxMessages.ToArray(document);
    }

    /// <returns>The same meaning, of tensors that the model may have renamed.</returns>
    private static PixelInterface Adapt(
        ModelProto document,
        PixelInterface pixels,
        string inputName,
        string outputName,
        ImagePadding? size,
        ImageScale scale,
        OnnxElementType sample
    )
    {
        ArgumentNullException.ThrowIfNull(pixels);
        var graph = document.Graph;
        var names = OnnxNames.Of(graph);
        string prefix = OnnxNames.FreePrefix([.. names, inputName, outputName], Prefix + "pixels/");
        pixels = GiveWay(graph, pixels, [.. names.Intersect([inputName, outputName])], prefix);
        var around = new ImageNodes(prefix, pixels, size, sample);
        var before = around.Before(inputName);
        var after = around.After(outputName, scale);
        var batch = new OnnxDimension(size is null ? pixels.FixedBatch : 1, "batch");
        var input = new OnnxTensorInfo(
            inputName,
            sample,
            [
                batch,
                new(size?.Height ?? pixels.InputShape.Height, "height"),
                new(size?.Width ?? pixels.InputShape.Width, "width"),
                pixels.InputSamples,
            ]
        );
        var output = new OnnxTensorInfo(
            outputName,
            sample,
            [batch, new(size?.Height * scale, "out_height"), new(size?.Width * scale, "out_width"), 3]
        );
        NodeProto[] nodes = [.. before, .. TakeUnknownConstants(graph), .. graph.Node, .. after];
        graph.Node.Clear();
        graph.Node.Add(nodes);
        graph.Initializer.Add(around.Constants);
        // What is left are weights, which exporters of old listed as inputs with defaults. Nothing sets them here, and
        // as inputs they are no constants to the runtime.
        graph.Input.Clear();
        graph.Input.Add(OnnxValue.Of(input));
        graph.Output.Clear();
        graph.Output.Add(OnnxValue.Of(output));
        // Shapes of inner tensors may name the old free dimensions; the runtime finds them anew.
        graph.ValueInfo.Clear();
        return pixels;
    }

    /// <summary>
    /// The model with bytes going in as by <see cref="Adapt(ReadOnlySpan{byte}, PixelInterface)"/>, whose output
    /// (<see cref="OutputName"/>) is what the model itself gives, as float32 in its own shape.
    /// </summary>
    /// <param name="model">The model's bytes.</param>
    /// <param name="pixels">What its tensors mean.</param>
    /// <exception cref="FormatException">The bytes are not an ONNX model.</exception>
    public static byte[] AdaptInput(ReadOnlySpan<byte> model, PixelInterface pixels)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        return OnnxMessages.Use(model, document => AdaptInput(document, pixels));
    }

    private static byte[] AdaptInput(ModelProto document, PixelInterface pixels)
    {
        pixels = Adapt(document, pixels, InputName, OutputName, null, 1, OnnxElementType.UInt8);
        var graph = document.Graph;
        // The nodes after the model's output are read by nothing then; the runtime leaves them out.
        graph.Node.Last().Output[0] = OnnxNames.FreePrefix(graph, Prefix + "unread");
        var cast = OnnxAttribute.Integer("to", (int)OnnxElementType.Float);
        graph.Node.Add(OnnxNode.Of("Cast", [pixels.Output.Name], OutputName, cast));
        graph.Output.Clear();
        graph.Output.Add(OnnxValue.Of(new(OutputName, OnnxElementType.Float, default)));
        return OnnxMessages.ToArray(document);
    }

    // The model's own values that are called as its new input and output.
    private static PixelInterface GiveWay(GraphProto graph, PixelInterface pixels, string[] taken, string prefix)
    {
        var names = taken.ToDictionary(name => name, name => prefix + "own/" + name);
        OnnxNames.Rename(graph, names);
        return pixels with { Input = Renamed(pixels.Input), Output = Renamed(pixels.Output) };

        OnnxTensorInfo Renamed(OnnxTensorInfo tensor) =>
            new(names.GetValueOrDefault(tensor.Name, tensor.Name), tensor.ElementType, tensor.Shape);
    }

    // ML.NET's ApplyOnnxModel refuses models with initializers of types that it has none for, float16 above all; of
    // nodes it asks nothing.
    private static List<NodeProto> TakeUnknownConstants(GraphProto graph)
    {
        var nodes = new List<NodeProto>();
        for (int i = 0; i < graph.Initializer.Count; i++)
        {
            var tensor = graph.Initializer[i];
            if (IsKnownToMLNet(tensor))
                continue;
            nodes.Add(OnnxNode.Of("Constant", [], tensor.Name, OnnxAttribute.Tensor("value", tensor)));
            graph.Initializer.RemoveAt(i--);
        }
        return nodes;
    }

    private static bool IsKnownToMLNet(TensorProto tensor) =>
        (OnnxElementType)tensor.DataType
            is >= OnnxElementType.Float
                and <= OnnxElementType.UInt64
                and not OnnxElementType.Float16;
}

using System.Buffers.Binary;

namespace MlNetImageTranslation.Transforms;

/// <summary>
/// Puts a uint8 [N, H, W, 3] RGB interface around a model: nodes before its input that scale, reorder and transpose, nodes after its output that undo it,
/// clip to 0..255 and round half to even. The model's own nodes and weights are copied byte for byte.
/// </summary>
internal static class OnnxAdapter
{
    private const string Prefix = "imt/";

    /// <summary>The names of the adapted model's input and output.</summary>
    public const string InputName = Prefix + "image", OutputName = Prefix + "translated";

    /// <summary>The model with its new interface, as free in batch and size as it was.</summary>
    public static byte[] Adapt(ReadOnlySpan<byte> model, PixelInterface pixels) => Adapt(model, pixels, InputName, OutputName, null, 1);

    /// <summary>The model for one picture of one size, padding and cropping inside.</summary>
    /// <param name="model">The model's bytes.</param>
    /// <param name="pixels">What its tensors mean.</param>
    /// <param name="inputName">The new name of its input.</param>
    /// <param name="outputName">The new name of its output.</param>
    /// <param name="size">The picture's size, before and after padding; null leaves the sizes as they are.</param>
    /// <param name="scale">How many times larger the output is.</param>
    public static byte[] Adapt(ReadOnlySpan<byte> model, PixelInterface pixels, string inputName, string outputName, PicturePadding? size, int scale)
    {
        var around = new GraphBuilder();
        around.Before(inputName, pixels, size);
        var (before, tensors) = (around.TakeNodes(), around.Tensors);
        around.After(outputName, pixels, size, scale);
        var after = around.TakeNodes();
        long? batch = size is null ? pixels.FixedBatch : 1;
        long? Rows(int? free) => size?.Height ?? free;
        long? Columns(int? free) => size?.Width ?? free;
        var input = OnnxNodeWriter.ValueInfo(inputName, OnnxTensorType.Uint8, [batch, Rows(pixels.FixedHeight), Columns(pixels.FixedWidth), 3], ["batch", "height", "width", "rgb"]);
        var output = OnnxNodeWriter.ValueInfo(outputName, OnnxTensorType.Uint8, [batch, Rows(null) * scale, Columns(null) * scale, 3], ["batch", "out_height", "out_width", "rgb"]);
        using var result = new MemoryStream(model.Length + 65536);
        var fields = new ProtobufReader(model);
        while (fields.Next())
        {
            if (fields.Field != 7)
            {
                result.Write(fields.Raw);
                continue;
            }
            using var graph = new MemoryStream(fields.Bytes.Length + 65536);
            foreach (var node in before) Write(graph, 1, node);
            CopyGraph(fields.Bytes, pixels.Input.Name, graph);
            foreach (var node in after) Write(graph, 1, node);
            foreach (var tensor in tensors) Write(graph, 5, tensor);
            Write(graph, 11, input);
            Write(graph, 12, output);
            Write(result, 7, graph.GetBuffer().AsSpan(0, (int)graph.Length));
        }
        return result.ToArray();
    }

    private static void CopyGraph(ReadOnlySpan<byte> graph, string inputName, MemoryStream target)
    {
        var fields = new ProtobufReader(graph);
        while (fields.Next())
        {
            // Shapes of inner tensors may name the old free dimensions; the runtime finds them anew.
            if (fields.Field is 12 or 13 || (fields.Field == 11 && OnnxTensorType.Read(fields.Bytes).Name == inputName)) continue;
            target.Write(fields.Raw);
        }
    }

    /// <summary>Writes a message field, however large.</summary>
    public static void Write(Stream stream, int field, ReadOnlySpan<byte> message)
    {
        Span<byte> head = stackalloc byte[12];
        int length = 0;
        head[length++] = (byte)(field << 3 | 2);
        for (uint rest = (uint)message.Length; ; rest >>= 7)
        {
            head[length++] = (byte)(rest >= 0x80 ? rest | 0x80 : rest);
            if (rest < 0x80) break;
        }
        stream.Write(head[..length]);
        stream.Write(message);
    }

    /// <summary>A growing line of nodes, each reading the one before.</summary>
    private sealed class GraphBuilder
    {
        private List<byte[]> _nodes = [];
        private string _last = "";
        private int _count;

        public List<byte[]> Tensors { get; } = [];

        public List<byte[]> TakeNodes()
        {
            var taken = _nodes;
            _nodes = [];
            return taken;
        }

        public void Before(string name, PixelInterface pixels, PicturePadding? size)
        {
            _last = name;
            if (size is { IsNone: false } padding)
            {
                Pick(1, padding.PaddedHeight, y => PicturePadding.Reflect(y - padding.Top, padding.Height));
                Pick(2, padding.PaddedWidth, x => PicturePadding.Reflect(x - padding.Left, padding.Width));
            }
            bool plain = pixels.Input.ElementType == OnnxTensorType.Uint8 && pixels.InputChannels == 3 && pixels.ColorOrder == ColorOrder.Rgb
                && pixels.InputScale.All(scale => scale == 1) && pixels.InputOffset.All(offset => offset == 0);
            if (!plain)
            {
                Add("Cast", OnnxNodeWriter.Attribute("to", OnnxTensorType.Float));
                Add("MatMul", Tensor(InputMatrix(pixels), 3, pixels.InputChannels));
                Add("Add", Tensor(pixels.InputOffset, pixels.InputChannels));
            }
            if (pixels.InputLayout == PixelLayout.Nchw) Add("Transpose", OnnxNodeWriter.Attribute("perm", [0L, 3, 1, 2]));
            if (!plain && pixels.Input.ElementType != OnnxTensorType.Float) Add("Cast", OnnxNodeWriter.Attribute("to", pixels.Input.ElementType));
            End(pixels.Input.Name);
        }

        public void After(string name, PixelInterface pixels, PicturePadding? size, int scale)
        {
            _last = pixels.Output.Name;
            bool plain = pixels.Output.ElementType == OnnxTensorType.Uint8 && pixels.OutputChannels == 3 && pixels.ColorOrder == ColorOrder.Rgb
                && pixels.OutputScale == 1 && pixels.OutputOffset == 0;
            if (!plain && pixels.Output.ElementType != OnnxTensorType.Float) Add("Cast", OnnxNodeWriter.Attribute("to", OnnxTensorType.Float));
            if (pixels.OutputLayout == PixelLayout.Nchw) Add("Transpose", OnnxNodeWriter.Attribute("perm", [0L, 2, 3, 1]));
            if (!plain)
            {
                Add("MatMul", Tensor(OutputMatrix(pixels), pixels.OutputChannels, 3));
                Add("Add", Tensor([pixels.OutputOffset], 1));
                Add("Max", Tensor([0], 1));
                Add("Min", Tensor([255], 1));
                if (pixels.Opset >= 11) Add("Round");
                else Floor();
                Add("Cast", OnnxNodeWriter.Attribute("to", OnnxTensorType.Uint8));
            }
            if (size is { IsNone: false } padding)
            {
                Pick(1, padding.Height * scale, y => padding.Top * scale + y);
                Pick(2, padding.Width * scale, x => padding.Left * scale + x);
            }
            End(name);
        }

        // Round came with opset 11; before it, halves go up.
        private void Floor()
        {
            Add("Add", Tensor([0.5f], 1));
            Add("Floor");
        }

        private void Add(string type, params ReadOnlySpan<byte[]> attributes) => Append(type, Next(), [_last], attributes);

        private void Add(string type, string tensor) => Append(type, Next(), [_last, tensor], []);

        private void Append(string type, string output, string[] inputs, ReadOnlySpan<byte[]> attributes)
        {
            _nodes.Add(OnnxNodeWriter.Node(type, inputs, output, attributes));
            _last = output;
        }

        private void End(string name) => Append("Identity", name, [_last], []);

        private string Next() => $"{Prefix}{_count++}";

        private string Tensor(float[] values, params long[] shape)
        {
            string name = Next();
            Tensors.Add(OnnxNodeWriter.Tensor(name, values, shape));
            return name;
        }

        private void Pick(int axis, int count, Func<int, int> index)
        {
            string name = Next();
            Tensors.Add(OnnxNodeWriter.Tensor(name, [.. Enumerable.Range(0, count).Select(i => (long)index(i))]));
            Append("Gather", Next(), [_last, name], [OnnxNodeWriter.Attribute("axis", axis)]);
        }

        // [3 of RGB, channels of the model]: gray by the weights of ITU-R BT.601, as Pillow and OpenCV make it.
        private static float[] InputMatrix(PixelInterface pixels)
        {
            if (pixels.InputChannels == 1) return [0.299f * pixels.InputScale[0], 0.587f * pixels.InputScale[0], 0.114f * pixels.InputScale[0]];
            var matrix = new float[9];
            for (int channel = 0; channel < 3; channel++)
                matrix[Color(pixels, channel) * 3 + channel] = pixels.InputScale[channel];
            return matrix;
        }

        private static float[] OutputMatrix(PixelInterface pixels)
        {
            if (pixels.OutputChannels == 1) return [pixels.OutputScale, pixels.OutputScale, pixels.OutputScale];
            var matrix = new float[9];
            for (int channel = 0; channel < 3; channel++)
                matrix[channel * 3 + Color(pixels, channel)] = pixels.OutputScale;
            return matrix;
        }

        private static int Color(PixelInterface pixels, int channel) => pixels.ColorOrder == ColorOrder.Rgb ? channel : 2 - channel;
    }
}

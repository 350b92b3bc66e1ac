using System.Collections.Immutable;

namespace MlNetImageTranslation.Export;

/// <summary>
/// The operators between RGB samples and a model's tensors: two lines of nodes, each reading the one before.
/// </summary>
/// <param name="prefix">Begins the names of all values.</param>
/// <param name="pixels">What the model's tensors mean, in samples.</param>
/// <param name="size">The image's size, before and after padding; null leaves the sizes as they are.</param>
/// <param name="sample">uint8, or uint16 for models that themselves have no bytes.</param>
internal sealed class ImageNodes(
    string prefix,
    PixelInterface pixels,
    ImagePadding? size,
    OnnxElementType sample = OnnxElementType.UInt8
)
{
    private readonly float _white = sample == OnnxElementType.UInt16 ? ushort.MaxValue : byte.MaxValue;
    private List<NodeProto> _nodes = [];
    private string _last = "";
    private int _count;

    /// <summary>The constants that the nodes read.</summary>
    public List<TensorProto> Constants { get; } = [];

    /// <summary>From samples called <paramref name="name"/> to the model's input.</summary>
    public List<NodeProto> Before(string name)
    {
        (_nodes, _last) = ([], name);
        if (size is { IsNone: false } padding)
        {
            Pick(1, padding.PaddedHeight, y => ImagePadding.Reflect(y - padding.Top, padding.Height));
            Pick(2, padding.PaddedWidth, x => ImagePadding.Reflect(x - padding.Left, padding.Width));
        }
        bool plain = pixels.TakesBytes;
        if (!plain)
        {
            Add("Cast", To(OnnxElementType.Float));
            if (pixels.InputShape.Channels == 1)
                Gray();
            else
                Add("MatMul", Tensor(InputMatrix(), pixels.InputSamples, pixels.InputSamples));
            Add("Add", Tensor([.. pixels.InputOffset], pixels.InputShape.Channels));
        }
        Widen(pixels.Border.Pad);
        if (pixels.InputShape.Layout == PixelLayout.Nchw)
            Add("Transpose", OnnxAttribute.Integers("perm", 0, 3, 1, 2));
        if (!plain && pixels.Input.ElementType != OnnxElementType.Float)
            Add("Cast", To(pixels.Input.ElementType));
        Axes("Squeeze", pixels.InputShape.Missing);
        return End(pixels.Input.Name);
    }

    /// <summary>From the model's output to samples called <paramref name="name"/>.</summary>
    public List<NodeProto> After(string name, ImageScale scale)
    {
        (_nodes, _last) = ([], pixels.Output.Name);
        bool plain = pixels.GivesBytes;
        if (!plain && pixels.Output.ElementType != OnnxElementType.Float)
            Add("Cast", To(OnnxElementType.Float));
        if (pixels.OutputActivation != OutputActivation.None)
            Add(pixels.OutputActivation.ToString());
        Axes("Unsqueeze", pixels.OutputShape.Missing);
        if (pixels.OutputShape.Layout == PixelLayout.Nchw)
            Add("Transpose", OnnxAttribute.Integers("perm", 0, 2, 3, 1));
        CutOff(pixels.Border);
        if (!plain)
        {
            Add("MatMul", Tensor(OutputMatrix(), pixels.OutputShape.Channels, 3));
            Add("Add", Tensor([pixels.OutputOffset], 1));
            Round();
            Add("Cast", To(sample));
        }
        if (size is { IsNone: false } padding)
        {
            Pick(1, padding.Height * scale, y => padding.Top * scale + y);
            Pick(2, padding.Width * scale, x => padding.Left * scale + x);
        }
        return End(name);
    }

    // Round, and limits that are inputs, came with opset 11; before it, halves go up.
    private void Round()
    {
        if (pixels.Opset >= 11)
        {
            Append("Clip", Next(), [_last, Tensor([0]), Tensor([_white])]);
            Add("Round");
            return;
        }
        Add("Clip", OnnxAttribute.Float("min", 0), OnnxAttribute.Float("max", _white));
        Add("Add", Tensor([0.5f], 1));
        Add("Floor");
    }

    // From opset 13 on, the axes are an input.
    private void Axes(string type, ImmutableArray<long> axes)
    {
        if (axes.IsEmpty)
            return;
        if (pixels.Opset < 13)
        {
            Add(type, OnnxAttribute.Integers("axes", axes));
            return;
        }
        Add(type, Integers(axes));
    }

    private void Widen(int border)
    {
        if (border == 0)
            return;
        ImmutableArray<long> pads = [0, border, border, 0, 0, border, border, 0];
        var mode = OnnxAttribute.Text("mode", "edge");
        // From opset 11 on, the widths are an input.
        if (pixels.Opset < 11)
            Add("Pad", mode, OnnxAttribute.Integers("pads", pads));
        else
            Append("Pad", Next(), [_last, Integers(pads)], mode);
    }

    private void CutOff(PixelBorder border)
    {
        if (border is { CropStart: 0, CropEnd: 0 })
            return;
        long end = border.CropEnd == 0 ? int.MaxValue : -border.CropEnd;
        ImmutableArray<long> starts = [border.CropStart, border.CropStart],
            ends = [end, end],
            axes = [1, 2];
        // From opset 10 on, they are inputs.
        if (pixels.Opset < 10)
            Add(
                "Slice",
                OnnxAttribute.Integers("starts", starts),
                OnnxAttribute.Integers("ends", ends),
                OnnxAttribute.Integers("axes", axes)
            );
        else
            Append("Slice", Next(), [_last, Integers(starts), Integers(ends), Integers(axes)]);
    }

    private string Integers(ImmutableArray<long> values)
    {
        string name = Next();
        Constants.Add(OnnxTensor.Integers(name, values));
        return name;
    }

    private static AttributeProto To(OnnxElementType type) => OnnxAttribute.Integer("to", (int)type);

    private void Add(string type, params ImmutableArray<AttributeProto> attributes) =>
        Append(type, Next(), [_last], attributes);

    private void Add(string type, string constant) => Append(type, Next(), [_last, constant]);

    private void Append(
        string type,
        string output,
        ImmutableArray<string> inputs,
        params ImmutableArray<AttributeProto> attributes
    )
    {
        _nodes.Add(OnnxNode.Of(type, inputs, output, attributes));
        _last = output;
    }

    private List<NodeProto> End(string name)
    {
        Append("Identity", name, [_last]);
        return _nodes;
    }

    private string Next() => $"{prefix}{_count++}";

    private string Tensor(float[] values, params ImmutableArray<int> shape)
    {
        string name = Next();
        Constants.Add(OnnxTensor.Float(name, shape, values));
        return name;
    }

    private void Pick(int axis, int count, Func<int, int> index)
    {
        string name = Integers([.. Enumerable.Range(0, count).Select(i => (long)index(i))]);
        Append("Gather", Next(), [_last, name], OnnxAttribute.Integer("axis", axis));
    }

    // Gray by the weights of ITU-R BT.601, as Pillow makes it: a whole level where samples have 8 bits. All steps up to
    // that are exact in float32.
    private void Gray()
    {
        const float one = 65536;
        Add("MatMul", Tensor(ImageInterface.Luminance, 3, 1));
        if (sample == OnnxElementType.UInt8)
            Add("Add", Tensor([one / 2], 1));
        Add("Mul", Tensor([1 / one], 1));
        if (sample == OnnxElementType.UInt8)
            Add("Floor");
        Add("Mul", Tensor([pixels.InputScale[0]], 1));
    }

    // [samples, channels of the model]: 3 each, or 6 for two images.
    private float[] InputMatrix()
    {
        int count = pixels.InputSamples;
        var matrix = new float[count * count];
        for (int channel = 0; channel < count; channel++)
            matrix[(channel / 3 * 3 + Color(channel % 3)) * count + channel] = pixels.InputScale[channel];
        return matrix;
    }

    private float[] OutputMatrix()
    {
        if (pixels.OutputShape.Channels == 1)
            return [pixels.OutputScale, pixels.OutputScale, pixels.OutputScale];
        var matrix = new float[9];
        for (int channel = 0; channel < 3; channel++)
            matrix[channel * 3 + Color(channel)] = pixels.OutputScale;
        return matrix;
    }

    private int Color(int channel) => pixels.ColorOrder == ColorOrder.Rgb ? channel : 2 - channel;
}

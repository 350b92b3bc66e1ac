using System.Collections.Immutable;

namespace MlNetImageTranslation.Export;

/// <summary>
/// What a model's input and output tensors mean in pixels: enough to put a uint8 [N, H, W, 3] RGB interface around it,
/// whose input is [N, H, W, 6] where the model reads an instance image beside the image.
/// </summary>
public sealed record PixelInterface
{
    /// <summary>
    /// Finds out what the dimensions of the tensors are. Their values are those of the pixels, 0..255, where nothing
    /// else is set.
    /// </summary>
    /// <param name="opset">The version of ONNX's operators in the file.</param>
    /// <param name="input">The tensor that takes images.</param>
    /// <param name="output">The tensor that gives images.</param>
    /// <param name="layout">The order of their dimensions; null finds it by the numbers of channels.</param>
    /// <param name="readsInstances">Whether the input is an image and an instance image, three channels of
    /// each.</param>
    /// <exception cref="NotSupportedException">These are no images of 1 or 3 channels, or of 6 for two
    /// images.</exception>
    /// <exception cref="ArgumentException">The layout has to be said; the parameter's name is
    /// <c>Layout</c>.</exception>
    public PixelInterface(
        long opset,
        OnnxTensorInfo input,
        OnnxTensorInfo output,
        PixelLayout? layout = null,
        bool readsInstances = false
    )
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        Opset = opset;
        Input = input;
        Output = output;
        ReadsInstances = readsInstances;
        InputShape = ShapeResolver.OfInput(input, layout, readsInstances);
        OutputShape = ShapeResolver.OfOutput(output, layout, InputShape);
        InputScale = [.. Enumerable.Repeat(1f, InputChannels)];
        InputOffset = [.. Enumerable.Repeat(0f, InputChannels)];
        OutputScale = 1;
    }

    /// <summary>The version of ONNX's operators in the file.</summary>
    public long Opset { get; }

    /// <summary>The tensor that takes images.</summary>
    public OnnxTensorInfo Input { get; internal init; }

    /// <summary>The tensor that gives images.</summary>
    public OnnxTensorInfo Output { get; internal init; }

    /// <summary>What the dimensions of <see cref="Input"/> are.</summary>
    internal ImageShape InputShape { get; init; }

    /// <summary>What the dimensions of <see cref="Output"/> are.</summary>
    internal ImageShape OutputShape { get; init; }

    /// <summary>Whether the input is an image and an instance image.</summary>
    public bool ReadsInstances { get; }

    /// <summary>
    /// Samples of a pixel that go in: 3, or 6 where those of the instance image follow those of the image.
    /// </summary>
    public int InputSamples => ReadsInstances ? 6 : 3;

    /// <summary>The order of the model's colours.</summary>
    public ColorOrder ColorOrder { get; init; }

    /// <summary>
    /// For every channel of the model's input: value = pixel * scale + <see cref="InputOffset"/>, pixels in 0..255.
    /// </summary>
    public ImmutableArray<float> InputScale { get; init; }

    /// <summary>See <see cref="InputScale"/>.</summary>
    public ImmutableArray<float> InputOffset { get; init; }

    /// <summary>What is applied to the model's output before it is scaled.</summary>
    public OutputActivation OutputActivation { get; init; }

    /// <summary>pixel = value * scale + <see cref="OutputOffset"/>, pixels in 0..255.</summary>
    public float OutputScale { get; init; }

    /// <summary>See <see cref="OutputScale"/>.</summary>
    public float OutputOffset { get; init; }

    /// <summary>
    /// How many rows and columns the result of a model of convolutions without padding (waifu2x, SRCNN) is smaller than
    /// <see cref="BorderScale"/> times the image. The adapted model makes up for them; 0 where there are none.
    /// </summary>
    public int BorderLoss { get; init; }

    /// <summary>How many times larger than the image the result would be without <see cref="BorderLoss"/>.</summary>
    public int BorderScale { get; init; } = 1;

    internal PixelBorder Border => PixelBorder.For(BorderLoss, BorderScale);

    /// <summary>The order of the dimensions of <see cref="Input"/>.</summary>
    public PixelLayout Layout => InputShape.Layout;

    /// <summary>Channels of the input: 1 or 3, or 6 for two images.</summary>
    public int InputChannels => InputShape.Channels;

    /// <summary>Channels of the output: 1 or 3.</summary>
    public int OutputChannels => OutputShape.Channels;

    /// <summary>The only height that the input takes, or null.</summary>
    public int? FixedHeight => InputShape.Height;

    /// <summary>The only width that the input takes, or null.</summary>
    public int? FixedWidth => InputShape.Width;

    /// <summary>The only batch size; 1 where a tensor has no dimension for it; null where it is free.</summary>
    public int? FixedBatch => OutputShape.Missing.Contains(0) ? 1 : InputShape.Batch;

    /// <summary>
    /// Whether the model reads uint8 [N, H, W, <see cref="InputSamples"/>] and writes uint8 [N, H, W, 3] RGB itself.
    /// </summary>
    public bool IsNative => TakesBytes && GivesBytes && IsWhole(InputShape, InputSamples) && IsWhole(OutputShape, 3);

    /// <summary>The shape of the input for images of a size.</summary>
    /// <param name="batch">Images.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <returns>As many dimensions as the input has.</returns>
    public ImmutableArray<int> ShapeFor(int batch, int height, int width)
    {
        ImmutableArray<int> sides =
            Layout == PixelLayout.Nchw ? [batch, InputChannels, height, width] : [batch, height, width, InputChannels];
        return [.. sides.Where((_, side) => !InputShape.Missing.Contains(side))];
    }

    /// <summary>
    /// Whether the file says how many channels the output has. Exporters leave it out where sizes are free; it is taken
    /// to have three then.
    /// </summary>
    public bool SaysOutputChannels =>
        !OutputShape.Missing.IsEmpty || OutputShape.Sides[OutputShape.ChannelAxis] is not null;

    /// <summary>The same with the channels of an output of another shape, where that is an image.</summary>
    /// <param name="output">What the model's operators make of an image, in place of <see cref="Output"/>.</param>
    public PixelInterface WithOutput(OnnxTensorInfo output)
    {
        ArgumentNullException.ThrowIfNull(output);
        int channels = OutputShape.ChannelAxis;
        return output.Sides switch
        {
            { IsDefault: false, Length: 4 } sides when sides[channels] is 1 or 3 => this with
            {
                OutputShape = OutputShape with { Sides = OutputShape.Sides.SetItem(channels, sides[channels]) },
            },
            // A batch of gray images without a dimension for their channel.
            { IsDefault: false, Length: 3 } when Output.Sides.IsDefaultOrEmpty && InputShape.Missing.IsEmpty =>
                this with
                {
                    OutputShape = new(PixelLayout.Nhwc, [null, null, null, 1], [3]),
                },
            _ => this,
        };
    }

    /// <summary>
    /// The same for an input of one channel; null where the file says how many the input has. Without a word of the
    /// file it is taken to have three.
    /// </summary>
    public PixelInterface? WithGrayInput() =>
        InputShape.Sides[InputShape.ChannelAxis] is not null
            ? null
            : this with
            {
                InputShape = InputShape with { Sides = InputShape.Sides.SetItem(InputShape.ChannelAxis, 1) },
                InputScale = [InputScale[0]],
                InputOffset = [InputOffset[0]],
            };

    /// <summary>
    /// The same for an output of one channel; null where it is known how many the output has. Where nothing tells, it
    /// is taken to have three.
    /// </summary>
    public PixelInterface? WithGrayOutput() =>
        SaysOutputChannels
            ? null
            : this with
            {
                OutputShape = OutputShape with { Sides = OutputShape.Sides.SetItem(OutputShape.ChannelAxis, 1) },
            };

    /// <summary>Throws where an output of that shape is no image.</summary>
    /// <param name="output">The output, in place of <see cref="Output"/>.</param>
    /// <exception cref="NotSupportedException">It is none.</exception>
    public void CheckOutput(OnnxTensorInfo output)
    {
        ArgumentNullException.ThrowIfNull(output);
        _ = ShapeResolver.OfOutput(output, OutputShape.Layout, InputShape);
    }

    /// <summary>Whether the input takes RGB samples as they are, in whatever layout.</summary>
    internal bool TakesBytes =>
        Input.ElementType == OnnxElementType.UInt8
        && InputShape.Channels == InputSamples
        && ColorOrder == ColorOrder.Rgb
        && InputScale.All(scale => scale == 1)
        && InputOffset.All(offset => offset == 0);

    /// <summary>Whether the output gives RGB samples as they are, in whatever layout.</summary>
    internal bool GivesBytes =>
        Output.ElementType == OnnxElementType.UInt8
        && OutputShape.Channels == 3
        && ColorOrder == ColorOrder.Rgb
        && OutputActivation == OutputActivation.None
        && OutputScale == 1
        && OutputOffset == 0;

    /// <summary>The same for pixels in 0..65535.</summary>
    internal PixelInterface ToWide()
    {
        const float step = (float)ushort.MaxValue / byte.MaxValue;
        return this with
        {
            InputScale = [.. InputScale.Select(scale => scale / step)],
            OutputScale = OutputScale * step,
            OutputOffset = OutputOffset * step,
        };
    }

    private static bool IsWhole(ImageShape shape, int channels) =>
        shape is { Layout: PixelLayout.Nhwc, Missing.IsEmpty: true } && shape.Channels == channels;
}

/// <summary>A function that a model was exported without.</summary>
public enum OutputActivation
{
    /// <summary>None.</summary>
    None,

    /// <summary>1 / (1 + exp(-x)), which gives 0 to 1.</summary>
    Sigmoid,

    /// <summary>tanh(x), which gives -1 to 1.</summary>
    Tanh,
}

/// <summary>The order of a model's three colour channels.</summary>
public enum ColorOrder
{
    /// <summary>Red, green, blue.</summary>
    Rgb,

    /// <summary>Blue, green, red (models that were fed by OpenCV).</summary>
    Bgr,
}

/// <summary>The order of an image tensor's dimensions.</summary>
public enum PixelLayout
{
    /// <summary>Batch, channels, height, width.</summary>
    Nchw,

    /// <summary>Batch, height, width, channels.</summary>
    Nhwc,
}

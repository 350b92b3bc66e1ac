using System.Collections.Immutable;

namespace MlNetImageTranslation.Export;

/// <summary>
/// What a model's input and output tensors mean in pixels: enough to put a uint8 [N, H, W, 3] RGB interface around it.
/// </summary>
public sealed record PixelInterface
{
    /// <summary>The version of ONNX's operators in the file.</summary>
    public required long Opset { get; init; }

    /// <summary>The tensor that takes images.</summary>
    public required OnnxTensorInfo Input { get; init; }

    /// <summary>The tensor that gives images.</summary>
    public required OnnxTensorInfo Output { get; init; }

    /// <summary>What the dimensions of <see cref="Input"/> are.</summary>
    public required ImageShape InputShape { get; init; }

    /// <summary>What the dimensions of <see cref="Output"/> are.</summary>
    public required ImageShape OutputShape { get; init; }

    /// <summary>The order of the model's colours.</summary>
    public required ColorOrder ColorOrder { get; init; }

    /// <summary>
    /// For every channel of the model's input: value = pixel * scale + <see cref="InputOffset"/>, pixels in 0..255.
    /// </summary>
    public required ImmutableArray<float> InputScale { get; init; }

    /// <summary>See <see cref="InputScale"/>.</summary>
    public required ImmutableArray<float> InputOffset { get; init; }

    /// <summary>What is applied to the model's output before it is scaled.</summary>
    public OutputActivation OutputActivation { get; init; }

    /// <summary>pixel = value * scale + <see cref="OutputOffset"/>, pixels in 0..255.</summary>
    public required float OutputScale { get; init; }

    /// <summary>See <see cref="OutputScale"/>.</summary>
    public required float OutputOffset { get; init; }

    /// <summary>
    /// How many rows and columns the result of a model of convolutions without padding (waifu2x, SRCNN) is smaller than
    /// <see cref="BorderScale"/> times the image. The adapted model makes up for them; 0 where there are none.
    /// </summary>
    public int BorderLoss { get; init; }

    /// <summary>How many times larger than the image the result would be without <see cref="BorderLoss"/>.</summary>
    public int BorderScale { get; init; } = 1;

    internal PixelBorder Border => PixelBorder.For(BorderLoss, BorderScale);

    /// <summary>The only batch size; 1 where a tensor has no dimension for it; null where it is free.</summary>
    public int? FixedBatch => OutputShape.Missing.Contains(0) ? 1 : InputShape.Batch;

    /// <summary>Whether the model reads and writes uint8 [N, H, W, 3] RGB itself.</summary>
    public bool IsNative => TakesBytes && GivesBytes && IsColorImage(InputShape) && IsColorImage(OutputShape);

    /// <summary>Whether the input takes RGB samples as they are, in whatever layout.</summary>
    internal bool TakesBytes =>
        Input.ElementType == OnnxElementType.UInt8
        && InputShape.Channels == 3
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

    private static bool IsColorImage(ImageShape shape) =>
        shape is { Layout: PixelLayout.Nhwc, Channels: 3, Missing.IsEmpty: true };
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

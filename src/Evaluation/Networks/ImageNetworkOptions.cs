using MlNetImageTranslation.Export;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Transforms;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Evaluation;

/// <summary>
/// How images are fed to an ONNX network (features, segmentation). Float inputs get (p - Mean) / Std, where p is the
/// sample scaled from 0..255 to <see cref="Range"/>.
/// </summary>
public sealed record ImageNetworkOptions
{
    /// <summary>The ONNX file.</summary>
    public required string ModelFile { get; init; }

    /// <summary>
    /// The size that images are resized to. Null means the network's input size where it is fixed, else the size of
    /// each image.
    /// </summary>
    public ImageSize? Size { get; init; }

    /// <summary>
    /// The filter of that resizing (antialiased, Pillow's). Distances compare only within one filter: see Parmar et al.
    /// 2022.
    /// </summary>
    public ResizeFilter Filter { get; init; } = ResizeFilter.Bicubic;

    /// <summary>What black and white are to a float input. Byte inputs get the bytes.</summary>
    public PixelRange Range { get; init; } = PixelRange.ZeroToOne;

    /// <summary>The order of the input's dimensions; null finds it from the file.</summary>
    public PixelLayout? Layout { get; init; }

    /// <summary>The order of the channels.</summary>
    public ColorOrder ColorOrder { get; init; } = ColorOrder.Rgb;

    /// <summary>What is subtracted from each channel: three numbers, or one for all channels.</summary>
    public IReadOnlyList<float>? Mean { get; init; }

    /// <summary>What each channel is divided by afterwards: three numbers, or one for all channels.</summary>
    public IReadOnlyList<float>? Std { get; init; }

    /// <summary>The output to read; null means the first.</summary>
    public string? OutputName { get; init; }

    /// <summary>Images in one run, where the network's batch size is free.</summary>
    public int BatchSize { get; init; } = 8;

    /// <summary>The device that runs the network.</summary>
    public TranslationDevice Device { get; init; } = TranslationDevice.Auto;

    /// <summary>The GPU's number.</summary>
    public int GpuDeviceId { get; init; }
}
